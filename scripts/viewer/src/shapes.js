/** The shapes of types; a type takes the shape of its place in the ontology. The order is that of the shader. */
export const SHAPES = ["circle", "square", "hexagon", "triangle", "ring", "pin", "diamond"];
