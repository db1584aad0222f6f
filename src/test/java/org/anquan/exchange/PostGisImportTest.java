package org.anquan.exchange;

import org.anquan.catalog.PostGisServer;
import org.anquan.catalog.TestCatalogue;

/** Imports go into PostGIS as they go into the embedded store. */
class PostGisImportTest extends ImportTest {
    @Override
    TestCatalogue openStore() {
        return TestCatalogue.open(PostGisServer.freshSchema());
    }
}
