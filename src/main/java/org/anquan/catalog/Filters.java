package org.anquan.catalog;

/** Makes filters from CQL2 text. */
public final class Filters {
    private Filters() {}

    /**
     * Understands comparisons, AND OR NOT, IN, BETWEEN, LIKE, IS NULL, A_CONTAINS and A_OVERLAPS on lists, CASEI on texts,
     * S_INTERSECTS with a WKT geometry or BBOX, and the literals of CQL2 text (OGC 21-065r2). A condition on an unknown
     * value is neither true nor false, as in SQL.
     *
     * @throws org.anquan.problem.ProblemException invalid: what is wrong, at which character, and which attributes the
     *     layer has
     */
    public static Filter parse(String cql2Text, LayerDefinition layer) {
        return new CqlParser(cql2Text, layer).parsed();
    }
}
