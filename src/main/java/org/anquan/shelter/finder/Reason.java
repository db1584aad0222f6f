package org.anquan.shelter.finder;

/** Why a shelter is not offered. The order is that of the checks: what rules out for longest comes first. */
enum Reason {
    PLANNED("planned"),
    CLOSED("closed"),
    /** Switched off by the scenario. */
    OFF("off"),
    /** In an area that this hazard threatens. */
    DANGER("danger"),
    /** In an area that the scenario closes. */
    CLOSED_AREA("closedArea"),
    UNFIT("unfit"),
    FULL("full"),
    /** Some room, but not for so many. */
    TOO_FEW_PLACES("tooFewPlaces"),
    /** It is said to be open, but nobody has said so for long. */
    STALE("stale"),
    /** The data do not say whether it is fit; one that is known to be fit was found. */
    UNKNOWN_FIT("unknownFit"),
    WAY_CUT("wayCut"),
    NO_WAY("noWay"),
    WAY_THROUGH_DANGER("wayThroughDanger");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
