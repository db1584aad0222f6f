package org.anquan.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anquan.problem.ProblemBody.MistakeBody;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** A problem as a page, for people who opened an address in the browser. It needs no other file to be read well. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemPage extends AbstractHttpMessageConverter<ProblemBody> {
    static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final String LOOK = """
            body{margin:0;background:#f4f6f8;color:#1b2733;
            font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
            main{max-width:640px;margin:12vh auto;padding:24px 32px;background:#fff;border-top:4px solid #c62828}
            h1{font-size:22px;margin:0 0 12px}
            .help{font-weight:600}
            small{color:#5b6b7a}
            @media(max-width:600px){main{margin:0;min-height:80vh;padding:20px}}
            """;

    ProblemPage() {
        super(HTML);
    }

    /** Whether the asker would rather look at the answer than read it by program. */
    static boolean wantedBy(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept == null || "json".equals(request.getParameter("f"))) return false;
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            return !accepted.isEmpty() && accepted.get(0).equalsTypeAndSubtype(MediaType.TEXT_HTML);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    @Override
    protected boolean supports(Class<?> type) {
        return ProblemBody.class == type;
    }

    @Override
    public boolean canRead(Class<?> type, @org.jspecify.annotations.Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ProblemBody readInternal(Class<? extends ProblemBody> type, HttpInputMessage input) {
        throw new HttpMessageNotReadableException("a page is only written", input);
    }

    @Override
    protected void writeInternal(ProblemBody problem, HttpOutputMessage output) throws IOException {
        boolean english = Texts.currentLanguage().equals(Texts.ENGLISH);
        StringBuilder page = new StringBuilder(2048);
        page.append("<!doctype html><html lang=\"").append(english ? "en" : "zh-CN");
        page.append("\"><head><meta charset=\"utf-8\">");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        page.append(escaped(problem.title()))
                .append(" · Anquan 安圈</title><style>")
                .append(LOOK);
        page.append("</style></head><body><main><h1>").append(escaped(problem.title()));
        page.append("</h1><p>").append(escaped(problem.detail()));
        page.append("</p><p class=\"help\">").append(escaped(problem.help())).append("</p>");
        if (!problem.mistakes().isEmpty()) {
            page.append("<ul>");
            for (MistakeBody mistake : problem.mistakes())
                page.append("<li><code>")
                        .append(escaped(mistake.where()))
                        .append("</code> ")
                        .append(escaped(mistake.what()))
                        .append("</li>");
            page.append("</ul>");
        }
        page.append("<p><a href=\"/\">")
                .append(escaped(Text.of("problem.page.map")))
                .append("</a></p><small>HTTP ");
        page.append(problem.status()).append("</small></main></body></html>");
        output.getBody().write(page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(Object text) {
        return HtmlUtils.htmlEscape(text.toString(), "UTF-8");
    }
}
