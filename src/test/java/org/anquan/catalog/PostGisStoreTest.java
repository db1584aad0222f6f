package org.anquan.catalog;

/** All that the embedded store promises, PostGIS keeps too. */
class PostGisStoreTest extends StoreTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    TestCatalogue openStore() {
        return TestCatalogue.open(url);
    }
}
