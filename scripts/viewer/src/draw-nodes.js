// Nodes for sigma: a shape for each type beside its colour, with a thin ring in the colour of the page around it.

import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = { FLOAT: 0x1406, UNSIGNED_BYTE: 0x1401, TRIANGLE_STRIP: 5 };

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute vec3 a_style;   // size, shape, width of the ring
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;

varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_at;
varying vec3 v_style;

void main() {
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  float radius = a_style.x / u_sizeRatio;
  v_at = a_corner * (radius * 1.15 + a_style.z + 2.0);
  gl_Position = vec4(centre + v_at * 2.0 / u_viewport, 0.0, 1.0);
  v_style = vec3(radius, a_style.y, a_style.z);
  v_ring = a_ring;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_ring.a *= 255.0 / 254.0;
}
`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_at;
varying vec3 v_style;
uniform float u_pixelRatio;

float box(vec2 p, float r) {
  vec2 d = abs(p) - vec2(r * 0.66);
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - r * 0.2;
}
float hexagon(vec2 p, float r) {
  p = abs(p);
  return max(p.x * 0.866 + p.y * 0.5, p.y) - r * 0.88;
}
float triangle(vec2 p, float r) {
  p.y += r * 0.18;
  return max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - r * 0.56 - r * 0.06;
}

float distanceTo(vec2 p, float r, float shape) {
  if (shape < 0.5) return length(p) - r;
  if (shape < 1.5) return box(p, r);
  if (shape < 2.5) return hexagon(p, r);
  if (shape < 3.5) return triangle(p, r);
  if (shape < 4.5) return length(p) - r;
  if (shape < 5.5) return triangle(vec2(p.x, -p.y), r);
  return (abs(p.x) + abs(p.y)) * 0.7071 - r * 0.72;
}

void main() {
  float radius = v_style.x;
  float d = distanceTo(v_at, radius, v_style.y);
  #ifdef PICKING_MODE
  if (d > v_style.z + 1.0) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.6 / u_pixelRatio;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  if (v_style.y > 3.5 && v_style.y < 4.5) inside *= smoothstep(-soft, soft, length(v_at) - radius * 0.42);
  float outside = 1.0 - smoothstep(-soft, soft, d - v_style.z);
  vec4 ring = vec4(v_ring.rgb * v_ring.a, v_ring.a) * outside;
  gl_FragColor = mix(ring, vec4(v_color.rgb, 1.0), inside * v_color.a);
  #endif
}
`;

/** The node program. */
export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS: ["u_matrix", "u_viewport", "u_sizeRatio", "u_pixelRatio"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_style", size: 3, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_ring", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [1, 1]],
    };
  }

  processVisibleItem(id, at, data) {
    const row = [data.x, data.y, data.size, data.shape ?? 0, data.ringWidth ?? 1.5];
    this.array.set([...row, floatColor(data.color), floatColor(data.ring), id], at);
  }

  setUniforms({ matrix, width, height, sizeRatio, pixelRatio }, { gl, uniformLocations: uniform }) {
    gl.uniformMatrix3fv(uniform.u_matrix, false, matrix);
    gl.uniform2f(uniform.u_viewport, width, height);
    gl.uniform1f(uniform.u_sizeRatio, sizeRatio);
    if (uniform.u_pixelRatio) gl.uniform1f(uniform.u_pixelRatio, pixelRatio);
  }
}
