package org.anquan.ogcapi;

import java.util.List;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;

/** A plain page for people who open an API address in the browser. Everything that goes in is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder(4096);

    Html(Asked asked, String title) {
        boolean english = Texts.currentLanguage().equals(Texts.ENGLISH);
        out.append("<!doctype html><html lang=\"")
                .append(english ? "en" : "zh-CN")
                .append("\"><head>");
        out.append("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.append("<title>").append(escaped(title)).append(" · Anquan 安圈</title>");
        out.append("<link rel=\"stylesheet\" href=\"")
                .append(escaped(asked.ogc()))
                .append("/pages.css\">");
        out.append("</head><body><header><a href=\"")
                .append(escaped(asked.ogc()))
                .append("?f=html\">Anquan 安圈</a>");
        java.util.Map<String, @org.jspecify.annotations.Nullable String> other = new java.util.HashMap<>();
        other.put("lang", english ? "zh" : "en");
        out.append("<a class=\"language\" href=\"")
                .append(escaped(asked.self(other)))
                .append("\">");
        out.append(english ? "中文" : "English").append("</a></header><main><h1>");
        out.append(escaped(title)).append("</h1>");
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** The way here from the landing page: {@code address, words} by turns; the header leads to the landing page itself. */
    Html trail(String... addressesAndWords) {
        out.append("<nav class=\"trail\">");
        for (int i = 0; i < addressesAndWords.length; i += 2) {
            if (i > 0) out.append(" › ");
            anchor(addressesAndWords[i], addressesAndWords[i + 1]);
        }
        out.append("</nav>");
        return this;
    }

    Html heading(Text text) {
        out.append("<h2>").append(escaped(text.toString())).append("</h2>");
        return this;
    }

    Html paragraph(Object text) {
        out.append("<p>").append(escaped(text.toString())).append("</p>");
        return this;
    }

    Html links(List<Link> links) {
        out.append("<ul class=\"links\">");
        java.util.Set<String> said = new java.util.HashSet<>();
        for (Link link : links) {
            if (link.templated() != null || !said.add(link.href())) continue;
            out.append("<li>");
            anchor(link.href(), link.title() == null ? link.rel() : link.title().toString());
            out.append(" <small>").append(escaped(link.type())).append("</small></li>");
        }
        out.append("</ul>");
        return this;
    }

    Html paragraphLink(String href, String text) {
        out.append("<p>");
        anchor(href, text);
        out.append("</p>");
        return this;
    }

    Html anchor(String href, String text) {
        out.append("<a href=\"")
                .append(escaped(href))
                .append("\">")
                .append(escaped(text))
                .append("</a>");
        return this;
    }

    Html table(List<String> heads) {
        out.append("<div class=\"wide\"><table><thead><tr>");
        for (String head : heads)
            out.append("<th scope=\"col\">").append(escaped(head)).append("</th>");
        out.append("</tr></thead><tbody>");
        return this;
    }

    /** A wide table of features: cells stay on one line but where they are long. */
    Html features(List<String> heads) {
        out.append("<div class=\"features\">");
        return table(heads);
    }

    Html endFeatures() {
        endTable();
        out.append("</div>");
        return this;
    }

    Html row() {
        out.append("<tr>");
        return this;
    }

    Html cell(String text) {
        out.append(text.length() > 30 ? "<td class=\"long\">" : "<td>")
                .append(escaped(text))
                .append("</td>");
        return this;
    }

    Html linkCell(String href, String text) {
        out.append("<td>");
        anchor(href, text);
        out.append("</td>");
        return this;
    }

    Html numberCell(String text) {
        out.append("<td class=\"number\">").append(escaped(text)).append("</td>");
        return this;
    }

    Html endRow() {
        out.append("</tr>");
        return this;
    }

    Html endTable() {
        out.append("</tbody></table></div>");
        return this;
    }

    @Override
    public String toString() {
        return out + "</main></body></html>";
    }
}
