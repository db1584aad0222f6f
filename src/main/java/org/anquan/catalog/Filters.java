package org.anquan.catalog;

/** Makes filters from CQL2 text. */
public final class Filters {
    private Filters() {}

    /**
     * @throws org.anquan.problem.ProblemException invalid: what is wrong, at which character, and which attributes the
     *     layer has
     */
    public static Filter parse(String cql2Text, LayerDefinition layer) {
        throw new UnsupportedOperationException("CQL2 for " + layer.id() + ": " + cql2Text);
    }
}
