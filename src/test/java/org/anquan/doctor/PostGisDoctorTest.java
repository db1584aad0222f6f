package org.anquan.doctor;

import org.anquan.catalog.PostGisServer;

/** The doctor finds and mends alike on PostGIS. */
class PostGisDoctorTest extends DoctorTest {
    private final String url = PostGisServer.freshSchema();

    @Override
    String place() {
        return url;
    }

    @Override
    String otherPlace() {
        return PostGisServer.freshSchema();
    }
}
