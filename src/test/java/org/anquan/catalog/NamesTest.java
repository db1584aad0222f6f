package org.anquan.catalog;

import static org.anquan.catalog.TestCatalogue.me;
import static org.anquan.catalog.TestCatalogue.point;
import static org.anquan.catalog.TestCatalogue.wkt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anquan.geo.Bbox;
import org.anquan.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search box over a small county. */
class NamesTest {
    private static final String TOWNSHIP = """
            id: township
            title: {zh: 乡镇, en: Townships}
            group: admin
            order: 2
            geometry: polygon
            """;
    private static final String SITE = """
            id: site
            title: {zh: 场所, en: Sites}
            group: shelter
            order: 3
            geometry: point
            attributes:
              - {name: address, title: {zh: 地址, en: Address}, type: text}
              - {name: nameEn, title: {zh: 英文名, en: English name}, type: text}
              - {name: keeperName, title: {zh: 联系人姓名, en: Keeper}, type: text, sensitivity: restricted}
              - {name: dutyCode, title: {zh: 值班代码, en: Duty code}, type: text, sensitivity: internal}
              - {name: remark, title: {zh: 备注, en: Remark}, type: text}
            """;
    private static final String SECRET = """
            id: secret_store
            title: {zh: 库房, en: Stores}
            group: hazard
            order: 4
            geometry: point
            sensitivity: restricted
            """;

    private static final Visibility ALL = new Visibility(Sensitivity.RESTRICTED);
    private static final Visibility PUBLIC = new Visibility(Sensitivity.PUBLIC);

    @TempDir
    Path folder;

    private TestCatalogue store;
    private Names names;

    /** The same store at each call of one test. */
    TestCatalogue openStore(String... yaml) {
        return TestCatalogue.open(folder, yaml);
    }

    @BeforeEach
    void aSmallCounty() {
        store = openStore(TOWNSHIP, SITE, SECRET);
        names = store.names();
        add("township", "t1", "POLYGON((105 32, 106 32, 106 33, 105 33, 105 32))", Map.of("name", "利州区"));
        add("township", "t2", "POLYGON((106 32, 107 32, 107 33, 106 33, 106 32))", Map.of("name", "朝天镇"));
        add(
                "site",
                "s1",
                "POINT(105.5 32.5)",
                Map.of("name", "利州区第一小学", "address", "嘉陵路１２号", "nameEn", "Lizhou First School"));
        add("site", "s2", "POINT(106.5 32.5)", Map.of("name", "广元市利州中学", "remark", "靠近利州广场"));
        add(
                "site",
                "s3",
                "POINT(106.9 32.9)",
                Map.of("name", "大利", "keeperName", "王利州", "dutyCode", "LZ-77", "nameEn", "École Étoile"));
        add("secret_store", "k1", "POINT(105.1 32.1)", Map.of("name", "利州民爆库"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void add(String layer, String id, String wkt, Map<String, Object> attributes) {
        store.edits().apply(me("test"), List.of(new Change.Create(layer, id, wkt(wkt), attributes)));
    }

    private List<String> ids(String query) {
        return ids(query, ALL);
    }

    private List<String> ids(String query, Visibility visibility) {
        return names.find(new NameQuery(query, 0, List.of(), null), visibility).hits().stream()
                .map(NameHit::id)
                .toList();
    }

    @Test
    void oneCharacterIsEnoughAndTheBestAnswersComeFirst() {
        // Prefix: the place first although the store's name is as good; then inside, the shorter first.
        assertThat(ids("利")).containsExactly("t1", "k1", "s1", "s3", "s2");
        // 广元市利州中学 holds it inside; the remark of s2 is not searched.
        assertThat(ids("利州")).containsExactly("t1", "k1", "s1", "s2");
        assertThat(ids("大利")).containsExactly("s3");
        assertThat(ids("广场")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lzq, 't1,s1'",
        "LZQ, 't1,s1'",
        "lizhou, 's1,t1,k1,s2'",
        "lizhouq, 't1,s1'",
        "li zhou qu, 't1,s1'",
        "lzhouqu, 't1,s1'",
        "gyslzzx, s2",
        "ctz, t2",
        "chaotian, t2",
        "zhaotian, t2",
        "chtz, t2",
        "dayixiao, ''",
        "dyxx, s1"
    })
    void pinyinFindsByInitialsByWholeSyllablesAndMixed(String query, String expected) {
        assertThat(ids(query))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @ParameterizedTest
    @CsvSource({
        "12, s1",
        "１２号, s1",
        "FIRST, s1",
        "ｆｉｒｓｔ, s1",
        "ecole, s3",
        "étoile, s3",
        "first school, s1",
        "school first, s1",
        "小学 第一, s1"
    })
    void caseWidthAccentsAndTheOrderOfWordsDoNotMatter(String query, String expected) {
        assertThat(ids(query)).containsExactly(expected);
    }

    @Test
    void whatMayNotBeSeenIsNotFound() {
        assertThat(ids("利州", PUBLIC)).containsExactly("t1", "s1", "s2");
        assertThat(ids("王利州", PUBLIC)).isEmpty();
        assertThat(ids("lz-77", PUBLIC)).isEmpty();
        assertThat(ids("lz-77", new Visibility(Sensitivity.INTERNAL))).containsExactly("s3");
        // A name that stands in a restricted attribute is searched only where the file says so.
        assertThat(ids("王利州")).isEmpty();
        assertThatThrownBy(() -> names.find(new NameQuery("利", 0, List.of("secret_store"), null), PUBLIC))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aFileCanSayWhatIsSearched() {
        store.close();
        store = openStore(SITE + "search: [keeperName, remark]\n");
        names = store.names();
        assertThat(ids("王利州")).containsExactly("s3");
        assertThat(ids("王利州", PUBLIC)).isEmpty();
        assertThat(ids("广场", PUBLIC)).containsExactly("s2");
        assertThat(ids("第一小学")).isEmpty();
        ProblemException wrong = org.assertj.core.api.Assertions.catchThrowableOfType(
                ProblemException.class, () -> TestCatalogue.definitions(SITE + "search: [remark, size, remark]\n"));
        assertThat(wrong.mistakes()).hasSize(2);
    }

    @Test
    void whatIsNearTheMapComesFirstAmongEqualAnswers() {
        add("site", "west", "POINT(105.2 32.5)", Map.of("name", "和平小学"));
        add("site", "east", "POINT(106.8 32.5)", Map.of("name", "和平小学"));
        Bbox eastern = new Bbox(106.5, 32, 107, 33);
        NameHits hits = names.find(new NameQuery("和平", 0, List.of(), eastern), ALL);
        assertThat(hits.hits()).extracting(NameHit::id).containsExactly("east", "west");
        Bbox western = new Bbox(105, 32, 105.5, 33);
        hits = names.find(new NameQuery("和平", 1, List.of(), western), ALL);
        assertThat(hits.hits()).extracting(NameHit::id).containsExactly("west");
        assertThat(hits.more()).isTrue();
    }

    @Test
    void aHitSaysWhereItIsAndWhatMatched() {
        NameHit hit = names.find(new NameQuery("first", 0, List.of("site"), null), ALL)
                .hits()
                .get(0);
        assertThat(hit.attribute()).isEqualTo("nameEn");
        assertThat(hit.text().substring(hit.from(), hit.to())).isEqualTo("First");
        assertThat(hit.name()).isEqualTo("利州区第一小学");
        assertThat(hit.place()).isEqualTo("利州区");
        assertThat(List.of(hit.lon(), hit.lat())).containsExactly(105.5, 32.5);
        NameHit read = names.find(new NameQuery("zq", 0, List.of("township"), null), ALL)
                .hits()
                .get(0);
        assertThat(read.text().substring(read.from(), read.to())).isEqualTo("州区");
        assertThat(read.place()).isNull();
        assertThat(read.box()).isEqualTo(new Bbox(105, 32, 106, 33));
    }

    @Test
    void editsUndoLoadsAndOtherProcessesAreSeenAtOnce() throws IOException {
        assertThat(ids("新")).isEmpty();
        ChangeReceipt made = store.edits()
                .apply(me("a"), List.of(new Change.Create("site", "n", point(105, 32), Map.of("name", "新村"))));
        assertThat(ids("新")).containsExactly("n");
        store.edits().apply(me("b"), List.of(new Change.Patch("site", "n", null, null, Map.of("name", "老村"))));
        assertThat(ids("新")).isEmpty();
        assertThat(ids("老")).containsExactly("n");
        long last = store.edits().changeSets("site", 1).get(0).number();
        store.edits().undo(me("c"), "site", last);
        assertThat(ids("新")).containsExactly("n");
        store.edits().undo(me("d"), "site", made.changeSet());
        assertThat(ids("村")).isEmpty();
        try (TestCatalogue other = openStore(TOWNSHIP, SITE, SECRET)) {
            other.edits()
                    .load(
                            me("load"),
                            "site",
                            LoadMode.REPLACE,
                            sink -> sink.add(new FeatureDraft("l", point(105, 32), Map.of("name", "新站"), null)));
        }
        assertThat(ids("新")).containsExactly("l");
        assertThat(ids("小学")).isEmpty();
    }

    @Test
    void anEmptyOrEndlessQueryIsRefusedWithWords() {
        for (String query : List.of("", "  ", "长".repeat(101)))
            assertThatThrownBy(() -> ids(query))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            wrong -> assertThat(wrong.mistakes()).hasSize(1));
    }

    @Test
    void anIdIsFoundByItsBeginning() {
        add("site", "gov-1234", "POINT(105 32)", Map.of("name", "某处"));
        assertThat(ids("GOV-12")).containsExactly("gov-1234");
        assertThat(ids("1234")).isEmpty();
    }

    /** Every kind of name of the sample: initials of a name find that name. */
    @Test
    void everyPlaceIsFoundByThePinyinThatPeopleWouldType() {
        List<String> wrong = new ArrayList<>();
        String[][] known = {
            {"重庆", "cq", "chongqing"}, {"厦门", "xm", "xiamen"}, {"绿春", "lvchun", "luchun"}, {"女儿寨", "nez", "nver"},
            {"沁水县", "qsx", "qinshui"}, {"浮梁", "fl", "fuliang"}, {"大武口", "dwk", "dawukou"}, {"荥经", "yj", "yingjing"},
            {"阆中", "lz", "langzhong"}, {"昭化", "zh", "zhaohua"}, {"剑阁", "jg", "jiange"}, {"旺苍", "wc", "wangcang"},
            {"垭口", "yk", "yakou"}, {"臺灣", "tw", "taiwan"}, {"长沙", "cs", "changsha"}, {"六安", "la", "luan"},
            {"东坝街道", "dbjd", "dongba"}, {"岷江", "mj", "minjiang"}, {"涪城", "fc", "fucheng"}, {"都江堰", "djy", "dujiang"}
        };
        for (int i = 0; i < known.length; i++) add("site", "p" + i, "POINT(105 32)", Map.of("name", known[i][0]));
        for (int i = 0; i < known.length; i++)
            for (String query : List.of(known[i][1], known[i][2]))
                if (!ids(query).contains("p" + i)) wrong.add(known[i][0] + " " + query);
        assertThat(wrong).isEmpty();
    }
}
