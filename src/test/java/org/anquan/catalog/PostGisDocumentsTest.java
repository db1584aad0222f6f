package org.anquan.catalog;

/** The same in PostGIS. */
class PostGisDocumentsTest extends DocumentsTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue open() {
        return TestCatalogue.open(url);
    }
}
