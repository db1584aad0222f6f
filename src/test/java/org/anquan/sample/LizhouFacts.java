package org.anquan.sample;

import java.util.ArrayList;
import java.util.List;
import org.anquan.sample.Curves.Winding;
import org.locationtech.jts.geom.Coordinate;

/**
 * What the sample is made from: the illustrative facts of the planning handbook. Places are thousandths of a degree
 * above 105°E 32°N, right to 0.5–3 km; they are not for operations.
 */
final class LizhouFacts {
    /** @param people residents; @param villages how many villages and communities it gets, {@code inTown} of them in its town */
    record Unit(String id, String name, String kind, Coordinate centre, int people, int villages, int inTown) {
        String fullName() {
            return name
                    + switch (kind) {
                        case "street" -> "街道";
                        case "town" -> "镇";
                        default -> "乡";
                    };
        }
    }

    record River(String id, String name, String kind, double widthMetres, List<Coordinate> through) {}

    /** @param kmh emergency speed of its class, for the check values */
    record MainRoad(String name, String ref, String highway, Winding winding, List<Coordinate> through) {}

    static final List<Coordinate> BOUNDARY = line("450,440 450,530 520,610 620,617 720,600 800,570 880,580 970,570"
            + " 1060,510 1070,430 980,360 900,330 800,345 720,320 620,317 530,330");

    static final List<Unit> UNITS = List.of(
            unit("dongba", "东坝", "street", 862, 432, 105_000, 14, 13),
            unit("jialing", "嘉陵", "street", 832, 440, 62_000, 10, 8),
            unit("hexi", "河西", "street", 806, 425, 50_000, 8, 8),
            unit("xuefeng", "雪峰", "street", 882, 437, 48_000, 9, 6),
            unit("nanhe", "南河", "street", 850, 420, 62_000, 9, 8),
            unit("wanyuan", "万缘", "street", 895, 418, 55_000, 8, 7),
            unit("shangxi", "上西", "street", 815, 447, 33_000, 8, 4),
            unit("huilonghe", "回龙河", "street", 790, 415, 14_000, 6, 3),
            unit("yangjiayan", "杨家岩", "street", 803, 409, 9_000, 4, 3),
            unit("baolun", "宝轮", "town", 642, 374, 78_000, 24, 9),
            unit("rongshan", "荣山", "town", 990, 450, 28_000, 18, 3),
            unit("dashi", "大石", "town", 935, 428, 18_000, 13, 2),
            unit("panlong", "盘龙", "town", 735, 392, 18_000, 12, 2),
            unit("sandui", "三堆", "town", 622, 503, 23_000, 17, 3),
            unit("longtan", "龙潭", "township", 905, 385, 10_000, 9, 1),
            unit("baichao", "白朝", "township", 500, 485, 4_500, 11, 1),
            unit("jindong", "金洞", "township", 560, 585, 4_500, 10, 1));

    /** 嘉陵江 is bowed round 杨家岩: on the coarse line the 下西 station would stand in the water. */
    static final List<River> RIVERS = List.of(
            new River(
                    "river-jialing",
                    "嘉陵江",
                    "river",
                    220,
                    line(
                            "888,640 872,600 862,560 856,520 846,478 832,452 822,437 816,424 812,410 798,401 772,398 745,384"
                                    + " 722,362 706,325 722,300")),
            new River(
                    "river-nanhe",
                    "南河",
                    "river",
                    110,
                    line("1020,462 990,452 960,440 930,430 905,424 880,424 860,426 840,427 816,424")),
            new River(
                    "river-bailong",
                    "白龙江",
                    "river",
                    180,
                    line("480,640 520,600 560,570 590,540 605,512 622,490 635,455 640,425 650,395 660,368 685,345"
                            + " 706,325")),
            new River(
                    "river-qingjiang",
                    "清江河",
                    "river",
                    70,
                    line("460,275 500,282 530,295 550,312 572,332 600,345 630,356 660,368")));

    /** Invented small waters: five gullies of the town, the rest streams of the hills. They end in a river. */
    static final List<River> SMALL_WATERS = List.of(
            small("gully-1", "示例1沟", "gully", "897,452 889,440 880,424"),
            small("gully-2", "示例2沟", "gully", "870,462 866,446 860,426"),
            small("gully-3", "示例3沟", "gully", "796,441 806,434 816,424"),
            small("gully-4", "示例4沟", "gully", "779,428 788,414 798,401"),
            small("gully-5", "示例5沟", "gully", "914,404 908,412 905,424"),
            small("stream-1", "示例1溪", "stream", "700,478 672,455 640,425"),
            small("stream-2", "示例2溪", "stream", "560,432 602,446 635,455"),
            small("stream-3", "示例3溪", "stream", "520,455 552,420 600,418 650,395"),
            small("stream-4", "示例4溪", "stream", "1000,545 975,505 990,452"),
            small("stream-5", "示例5溪", "stream", "930,540 918,500 932,462 930,430"),
            small("stream-6", "示例6溪", "stream", "760,545 795,520 825,500 846,478"),
            small("stream-7", "示例7溪", "stream", "785,352 752,350 722,362"),
            small("stream-8", "示例8溪", "stream", "700,560 668,530 640,510 622,490"));

    static final List<MainRoad> ROADS = List.of(
            road(
                    "G5京昆高速",
                    "G5",
                    "motorway",
                    "862,600 856,540 845,490 815,447 797,420 735,398 680,380 642,374 575,338 525,288"),
            road("G75兰海高速", "G75", "motorway", "815,447 845,468 882,452 905,425 925,385 964,322"),
            road(
                    "G108国道",
                    "G108",
                    "primary",
                    "862,600 860,555 848,478 845,434 815,447 803,422 780,405 735,392 690,380 642,374 575,338 525,288"),
            road("G212国道", "G212", "secondary", "520,620 590,560 622,503 638,440 642,374 680,345 710,322"),
            road("G542国道", "G542", "primary", "845,434 870,432 895,418 935,428 990,450 1060,420"),
            road("万龙公路", "", "secondary", "895,418 900,400 905,385 935,350 964,322"),
            road("三白公路", "", "tertiary", "622,503 570,495 535,480 500,485"),
            road("三金公路", "", "tertiary", "622,503 600,540 560,585"),
            road("宝白公路", "", "tertiary", "642,374 590,400 540,440 500,485"),
            road("天曌公路", "", "tertiary", "815,447 780,458 745,470"),
            road("南河路", "", "secondary", "845,434 850,420 895,418"));

    /** Invented county roads into the hills: each ends there, so that none shortens another way. */
    static final List<MainRoad> HILL_ROADS = List.of(
            road("示例1公路", "", "tertiary", "990,450 1003,492 985,540"),
            road("示例2公路", "", "tertiary", "622,503 664,524 702,566"),
            road("示例3公路", "", "tertiary", "935,428 966,398 1005,388"),
            road("示例4公路", "", "tertiary", "850,420 850,386 832,356"));

    private LizhouFacts() {}

    static Coordinate at(String eastNorth) {
        String[] pair = eastNorth.split(",", -1);
        return Ground.at(Double.parseDouble(pair[0]), Double.parseDouble(pair[1]));
    }

    static List<Coordinate> line(String pairs) {
        List<Coordinate> line = new ArrayList<>();
        for (String pair : pairs.split(" ", -1)) line.add(at(pair));
        return line;
    }

    private static Unit unit(
            String id, String name, String kind, int east, int north, int people, int villages, int inTown) {
        return new Unit(id, name, kind, Ground.at(east, north), people, villages, inTown);
    }

    private static River small(String id, String name, String kind, String pairs) {
        return new River(id, name, kind, kind.equals("gully") ? 12 : 8, line(pairs));
    }

    private static MainRoad road(String name, String ref, String highway, String pairs) {
        return new MainRoad(
                name, ref, highway, highway.equals("motorway") ? Winding.EXPRESSWAY : Winding.COUNTRY, line(pairs));
    }
}
