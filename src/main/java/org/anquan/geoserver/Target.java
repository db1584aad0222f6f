package org.anquan.geoserver;

/** Where one run goes, as a person typed it; never kept longer than the run. Empty parts are as the settings say. */
record Target(String url, String user, String password, String workspace) {
    static final Target AS_SET = new Target("", "", "", "");

    /** Without names and passwords, which must not get into a log by chance. */
    @Override
    public String toString() {
        return "Target " + url + " workspace " + workspace;
    }
}
