package org.anquan.catalog;

/** What a layer's features are drawn as. Lines and polygons may be multi-part; a point layer holds single points. */
public enum GeometryKind {
    POINT,
    LINE,
    POLYGON
}
