package org.anquan.report;

/** Sizes of ISO 216, millimetres, upright. */
enum Paper {
    A4(210, 297),
    A3(297, 420);

    private final double narrow;
    private final double wide;

    Paper(double narrow, double wide) {
        this.narrow = narrow;
        this.wide = wide;
    }

    double width(boolean landscape) {
        return landscape ? wide : narrow;
    }

    double height(boolean landscape) {
        return landscape ? narrow : wide;
    }
}
