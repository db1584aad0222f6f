package org.anquan.catalog;

import java.util.List;

/** The attributes that every layer has, beside its own: they need not stand in the layer's file. */
public final class CommonAttributes {
    public static final String NAME = "name";
    public static final String ADMIN_CODE = "adminCode";
    public static final String SOURCE = "source";
    public static final String OBSERVED_AT = "observedAt";
    public static final String ILLUSTRATIVE = "illustrative";

    /** In this order, before the layer's own. */
    public static final List<AttributeDefinition> ALL = List.of(
            common(NAME, "名称", "Name", AttributeType.TEXT, true, "名称", "title", "nom"),
            common(ADMIN_CODE, "行政区划代码", "Administrative code", AttributeType.TEXT, false, "行政区代码", "adcode"),
            common(SOURCE, "数据来源", "Source", AttributeType.TEXT, false, "来源"),
            common(OBSERVED_AT, "数据时间", "Observed at", AttributeType.TIME, false, "采集时间"),
            common(ILLUSTRATIVE, "示例数据", "Illustrative", AttributeType.BOOLEAN, false));

    /** Those that every table has whose stored definition does not name them: it was made before the text did. */
    static final List<AttributeDefinition> BEFORE_TEXTS_NAMED_THEM = List.copyOf(ALL.subList(0, 5));

    private CommonAttributes() {}

    private static AttributeDefinition common(
            String name, String zh, String en, AttributeType type, boolean required, String... aliases) {
        return new AttributeDefinition(
                name,
                new Title(zh, en),
                type,
                null,
                List.of(),
                null,
                null,
                required,
                Sensitivity.PUBLIC,
                null,
                List.of(aliases));
    }
}
