package org.anquan.network;

import java.util.Locale;

/**
 * Class of a road after JTG B01 and the city road code, with the word that layers and settings use. How OSM's
 * {@code highway} values map to it is written in {@code docs/roads.md}.
 */
public enum RoadClass {
    /** 高速公路. */
    EXPRESSWAY,
    /** 一级公路. */
    FIRST,
    /** 二级公路. */
    SECOND,
    /** 三级公路. */
    THIRD,
    /** 四级公路. */
    FOURTH,
    /** 村道. */
    VILLAGE,
    /** 城市主次干路. */
    URBAN_MAIN,
    /** 城市支路、街巷. */
    STREET,
    /** Paths and steps for people on foot. */
    FOOTWAY;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word as settings spell it: {@code urban-main}. */
    String key() {
        return id().replace('_', '-');
    }
}
