// Edges for sigma: straight or curved, solid, dashed or dotted, with an arrow at the target. All in screen pixels.

import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = { FLOAT: 0x1406, UNSIGNED_BYTE: 0x1401, TRIANGLE_STRIP: 5 };

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec3 a_ends;    // radii of source and target, how much to fade in a crowd
attribute vec4 a_style;   // width, curve, arrow (0 or 1), dash (0 solid, 1 dashed, 2 dotted)
attribute float a_along;
attribute float a_side;
attribute float a_head;   // 0 line, 1 base of the arrow, 2 its tip

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_crowding;

varying vec4 v_color;
varying vec4 v_stroke;    // across, half width, along, dash

vec2 at(float t, vec2 a, vec2 b, vec2 c) {
  float s = 1.0 - t;
  return s * s * a + 2.0 * s * t * b + t * t * c;
}

void main() {
  vec2 a = (u_matrix * vec3(a_source, 1.0)).xy * u_viewport * 0.5;
  vec2 c = (u_matrix * vec3(a_target, 1.0)).xy * u_viewport * 0.5;
  vec2 chord = c - a;
  float len = max(length(chord), 0.001);
  vec2 b = (a + c) * 0.5 + vec2(-chord.y, chord.x) * a_style.y;

  float width = max(a_style.x / u_sizeRatio, 0.7);
  float headLength = a_style.z * (4.0 + 2.2 * width);
  float headHalf = 0.42 * headLength;
  float speed = 2.0 * max(length(b - a), 0.001);
  float first = min(a_ends.x / u_sizeRatio / speed, 0.45);
  float tip = max(1.0 - (a_ends.y / u_sizeRatio + 1.5 * a_style.z) / speed, 0.55);
  float base = max(tip - headLength / speed, 0.5);

  float t = a_head > 1.5 ? tip : a_head > 0.5 ? base : mix(first, base, a_along);
  vec2 tangent = normalize(2.0 * (1.0 - t) * (b - a) + 2.0 * t * (c - b));
  float halfWidth = a_head > 1.5 ? 0.0 : a_head > 0.5 ? headHalf * step(0.5, a_style.z) : width * 0.5;
  #ifdef PICKING_MODE
  halfWidth = max(halfWidth, 5.0);
  #endif
  float across = a_side * (halfWidth + 1.0);
  vec2 point = at(t, a, b, c) + vec2(-tangent.y, tangent.x) * across;

  gl_Position = vec4(point * 2.0 / u_viewport, 0.0, 1.0);
  v_stroke = vec4(across, halfWidth, (t - first) * len, a_head > 0.5 ? 0.0 : a_style.w);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = vec4(a_color.rgb, a_color.a * mix(1.0, u_crowding, a_ends.z));
  #endif
  v_color.a *= 255.0 / 254.0;
}
`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_stroke;
uniform float u_pixelRatio;

void main() {
  float edge = abs(v_stroke.x) - v_stroke.y;
  #ifdef PICKING_MODE
  if (edge > 0.0) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.5 / u_pixelRatio;
  float alpha = 1.0 - smoothstep(-soft, soft, edge);
  if (v_stroke.w > 0.5) {
    float period = v_stroke.w > 1.5 ? 6.0 : 11.0;
    float drawn = v_stroke.w > 1.5 ? 2.0 : 7.0;
    float phase = mod(v_stroke.z, period);
    alpha *= 1.0 - smoothstep(drawn - soft, drawn + soft, phase) + smoothstep(period - soft, period, phase);
  }
  float a = v_color.a * min(alpha, 1.0);
  gl_FragColor = vec4(v_color.rgb * a, a);
  #endif
}
`;

/**
 * Return an edge program that draws with this many pieces: one for straight edges, more for curves. `crowding` (0 to 1)
 * is how strong edges are when the whole graph is seen; coming closer makes them full.
 */
export function edgeProgram(pieces, crowding) {
  const strip = [];
  for (let i = 0; i <= pieces; i++) strip.push([i / pieces, -1, 0], [i / pieces, 1, 0]);
  for (const head of [1, 2]) strip.push([1, -1, head], [1, 1, head]);

  return class extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: strip.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP,
        UNIFORMS: ["u_matrix", "u_viewport", "u_sizeRatio", "u_pixelRatio", "u_crowding"],
        ATTRIBUTES: [
          { name: "a_source", size: 2, type: FLOAT },
          { name: "a_target", size: 2, type: FLOAT },
          { name: "a_ends", size: 3, type: FLOAT },
          { name: "a_style", size: 4, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [
          { name: "a_along", size: 1, type: FLOAT },
          { name: "a_side", size: 1, type: FLOAT },
          { name: "a_head", size: 1, type: FLOAT },
        ],
        CONSTANT_DATA: strip,
      };
    }

    processVisibleItem(id, at, source, target, data) {
      const row = [source.x, source.y, target.x, target.y, source.size, target.size, data.near ? 0 : 1];
      row.push(data.size, data.curve ?? 0, data.arrow ?? 1, data.dash ?? 0, floatColor(data.color), id);
      this.array.set(row, at);
    }

    setUniforms({ matrix, width, height, sizeRatio, pixelRatio, zoomRatio }, { gl, uniformLocations: uniform }) {
      gl.uniformMatrix3fv(uniform.u_matrix, false, matrix);
      gl.uniform2f(uniform.u_viewport, width, height);
      gl.uniform1f(uniform.u_sizeRatio, sizeRatio);
      gl.uniform1f(uniform.u_crowding, Math.min(1, crowding / Math.min(1, zoomRatio)));
      if (uniform.u_pixelRatio) gl.uniform1f(uniform.u_pixelRatio, pixelRatio);
    }
  };
}
