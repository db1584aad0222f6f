package org.anquan.ogcapi;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anquan.catalog.Visibility;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What a request asks for, beside its path: the wanted format, the address it came to, its parameters, who asks. */
record Asked(HttpServletRequest request, String root, Visibility visibility) {
    /** Formats for people and programs by their short name ({@code ?f=json}) and their media types. */
    private static final Map<String, List<String>> SHORT = Map.of(
            "json",
            List.of("application/json", "application/geo+json", "application/schema+json"),
            "geojson",
            List.of("application/geo+json"),
            "html",
            List.of("text/html"),
            "xlsx",
            List.of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            "gpkg",
            List.of("application/geopackage+sqlite3"),
            "tif",
            List.of("image/tiff"));

    static Asked of(HttpServletRequest request) {
        String root = ServletUriComponentsBuilder.fromContextPath(request).toUriString();
        return new Asked(request, root, Visibility.current());
    }

    /** Address of the API's landing page. */
    String ogc() {
        return root + "/ogc";
    }

    /** @throws ProblemException where the request has any parameter but the format and the language, naming all of them */
    Asked withoutParameters() {
        List<ProblemException.Mistake> mistakes = new ArrayList<>();
        for (String name : request.getParameterMap().keySet())
            if (!name.equals("f") && !name.equals("lang"))
                mistakes.add(
                        new ProblemException.Mistake(name, Text.of("ogcapi.mistake.unknownParameter", "f、lang", "-")));
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("ogcapi.parameters").withMistakes(mistakes);
        return this;
    }

    @Nullable
    String parameter(String name) {
        return request.getParameter(name);
    }

    /** This address with some parameters replaced; a null value takes one away. */
    String self(Map<String, @Nullable String> changed) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> all.put(name, List.of(values)));
        changed.forEach((name, value) -> {
            if (value == null) all.remove(name);
            else all.put(name, List.of(value));
        });
        List<String> pairs = new ArrayList<>();
        all.forEach((name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
        String path = root
                + request.getRequestURI().substring(request.getContextPath().length());
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    boolean wantsHtml(String... others) throws HttpMediaTypeNotAcceptableException {
        String[] all = new String[others.length + 1];
        System.arraycopy(others, 0, all, 0, others.length);
        all[others.length] = Link.HTML;
        return wanted(all).equals(Link.HTML);
    }

    /**
     * The one of the offered media types that is asked for most; the first where all are as good.
     *
     * @throws HttpMediaTypeNotAcceptableException where none of them is acceptable
     */
    String wanted(String... offered) throws HttpMediaTypeNotAcceptableException {
        String shortName = request.getParameter("f");
        if (shortName != null && !shortName.isBlank()) return byShortName(shortName, offered);
        List<MediaType> accepted;
        try {
            accepted = new ArrayList<>(MediaType.parseMediaTypes(request.getHeader("Accept")));
        } catch (InvalidMediaTypeException e) {
            return offered[0];
        }
        if (accepted.isEmpty()) return offered[0];
        accepted.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
        for (MediaType one : accepted) {
            if (one.getQualityValue() == 0) continue;
            for (String candidate : offered) if (one.includes(MediaType.parseMediaType(candidate))) return candidate;
            // A GeoJSON answer is JSON too.
            if (one.includes(MediaType.APPLICATION_JSON))
                for (String candidate : offered) if (candidate.endsWith("+json")) return candidate;
        }
        throw new HttpMediaTypeNotAcceptableException(
                java.util.Arrays.stream(offered).map(MediaType::parseMediaType).toList());
    }

    private static String byShortName(String name, String... offered) {
        for (String candidate : offered)
            if (candidate.equals(name) || SHORT.getOrDefault(name, List.of()).contains(candidate)) return candidate;
        List<String> names = new ArrayList<>();
        for (String candidate : offered)
            names.add(candidate.equals(Link.HTML) ? "html" : candidate.endsWith("json") ? "json" : candidate);
        throw ProblemException.invalid("ogcapi.format", name, names);
    }
}
