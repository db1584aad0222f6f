package org.anquan.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes that every layer has, beside its own: they need not stand in the layer's file. */
public final class CommonAttributes {
    public static final String NAME = "name";
    public static final String ADMIN_CODE = "adminCode";
    public static final String SOURCE = "source";
    public static final String OBSERVED_AT = "observedAt";
    public static final String VALID_FROM = "validFrom";
    public static final String VALID_TO = "validTo";
    public static final String CRS_SOURCE = "crsSource";
    public static final String PRECISION = "precisionM";
    public static final String ILLUSTRATIVE = "illustrative";

    /** In this order, before the layer's own. */
    public static final List<AttributeDefinition> ALL = List.of(
            common(NAME, "名称", "Name", AttributeType.TEXT, true, "名称", "title", "nom"),
            common(ADMIN_CODE, "行政区划代码", "Administrative code", AttributeType.TEXT, false, "行政区代码", "adcode"),
            common(SOURCE, "数据来源", "Source", AttributeType.TEXT, false, "来源"),
            common(OBSERVED_AT, "数据时间", "Observed at", AttributeType.TIME, false, "采集时间"),
            common(
                    VALID_FROM,
                    "有效期起",
                    "Valid from",
                    AttributeType.TIME,
                    false,
                    "生效日期",
                    "生效时间",
                    "有效期自",
                    "有效期开始",
                    "有效期开始日期",
                    "effective date"),
            common(
                    VALID_TO,
                    "有效期止",
                    "Valid to",
                    AttributeType.TIME,
                    false,
                    "失效日期",
                    "失效时间",
                    "有效期至",
                    "有效期结束",
                    "有效期截止日期",
                    "到期日期",
                    "valid until",
                    "expiry date"),
            common(
                    CRS_SOURCE,
                    "原坐标系",
                    "Source coordinate system",
                    null,
                    null,
                    AttributeType.TEXT,
                    new Title(
                            "位置送来时的坐标系，如 EPSG:4544、GCJ-02；库里一律是 WGS84 经纬度",
                            "The system in which the place came, such as EPSG:4544 or GCJ-02; it is stored as WGS84 degrees"),
                    "坐标系",
                    "坐标系统",
                    "坐标参考系",
                    "空间参考",
                    "source crs",
                    "crs"),
            common(
                    PRECISION,
                    "定位精度",
                    "Positional precision",
                    "m",
                    0.0,
                    AttributeType.NUMBER,
                    new Title("位置可能偏出的距离", "How far off the place may be"),
                    "精度",
                    "位置精度",
                    "平面精度",
                    "positional accuracy",
                    "horizontal accuracy"),
            common(ILLUSTRATIVE, "示例数据", "Illustrative", AttributeType.BOOLEAN, false));

    private static final Set<String> FIRST = Set.of(NAME, ADMIN_CODE, SOURCE, OBSERVED_AT, ILLUSTRATIVE);

    /** Those that every table has whose stored definition does not name them: it was made before the text did. */
    static final List<AttributeDefinition> BEFORE_TEXTS_NAMED_THEM =
            ALL.stream().filter(attribute -> FIRST.contains(attribute.name())).toList();

    private CommonAttributes() {}

    /** Whether it is the common attribute, and not one of the layer's own that takes its place. */
    public static boolean isCommon(AttributeDefinition attribute) {
        for (AttributeDefinition common : ALL)
            if (common.name().equals(attribute.name()))
                return common.title().equals(attribute.title()) && common.type() == attribute.type();
        return false;
    }

    /** Whether it is one of those that say how far a feature is to be believed, which no layer of an older time knew. */
    public static boolean isBeside(AttributeDefinition attribute) {
        return isCommon(attribute) && !FIRST.contains(attribute.name());
    }

    /**
     * The common attributes of a layer. Layers may have been defined before the later ones came, so those give way: an own
     * attribute that answers to the name or a title of one takes its place, one that answers to another of its names has
     * that name for itself.
     */
    static List<AttributeDefinition> beside(List<AttributeDefinition> own) {
        Set<String> taken = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (AttributeDefinition attribute : own) {
            taken.addAll(AttributeNames.of(attribute));
            columns.add(attribute.name().toLowerCase(Locale.ROOT));
        }
        List<AttributeDefinition> all = new ArrayList<>();
        for (AttributeDefinition common : ALL) {
            if (FIRST.contains(common.name())) {
                all.add(common);
                continue;
            }
            boolean replaced = columns.contains(common.name().toLowerCase(Locale.ROOT))
                    || taken.contains(AttributeNames.plain(common.name()))
                    || taken.contains(AttributeNames.plain(common.title().zh()))
                    || taken.contains(AttributeNames.plain(common.title().en()));
            if (!replaced) all.add(without(common, taken));
        }
        return all;
    }

    private static AttributeDefinition without(AttributeDefinition common, Set<String> taken) {
        List<String> left = common.aliases().stream()
                .filter(alias -> !taken.contains(AttributeNames.plain(alias)))
                .toList();
        return left.size() == common.aliases().size() ? common : common.withAliases(left);
    }

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

    private static AttributeDefinition common(
            String name,
            String zh,
            String en,
            @Nullable String unit,
            @Nullable Double min,
            AttributeType type,
            Title note,
            String... aliases) {
        return new AttributeDefinition(
                name,
                new Title(zh, en),
                type,
                unit,
                List.of(),
                min,
                null,
                false,
                Sensitivity.PUBLIC,
                null,
                List.of(aliases),
                note,
                null);
    }
}
