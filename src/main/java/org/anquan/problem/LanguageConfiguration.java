package org.anquan.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AbstractLocaleResolver;

/** In which language a request is answered: {@code ?lang=zh|en}, else {@code Accept-Language}, else the service's own. */
@Configuration
class LanguageConfiguration {
    LanguageConfiguration(@Value("${anquan.language:zh}") String language) {
        if (!language.equals("zh") && !language.equals("en"))
            throw new IllegalArgumentException("anquan.language is \"" + language + "\"; give zh or en");
        Texts.speak(Locale.forLanguageTag(language));
    }

    static Locale asked(HttpServletRequest request) {
        String parameter = query(request, "lang");
        if ("en".equals(parameter)) return Texts.ENGLISH;
        if ("zh".equals(parameter)) return Texts.CHINESE;
        String header = request.getHeader("Accept-Language");
        if (header == null || header.length() > 500) return Texts.ownLanguage();
        try {
            // Quality decides; a language that we do not speak is passed over.
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(header)) {
                if (range.getWeight() == 0) continue;
                String language = Locale.forLanguageTag(range.getRange()).getLanguage();
                if (language.equals("en")) return Texts.ENGLISH;
                if (language.equals("zh")) return Texts.CHINESE;
            }
        } catch (IllegalArgumentException badHeader) {
            return Texts.ownLanguage();
        }
        return Texts.ownLanguage();
    }

    /** A query parameter, read without touching the body (which {@code getParameter} would do for a form). */
    private static @Nullable String query(HttpServletRequest request, String name) {
        String all = request.getQueryString();
        if (all == null) return null;
        for (String pair : all.split("&")) if (pair.startsWith(name + "=")) return pair.substring(name.length() + 1);
        return null;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new AbstractLocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return asked(request);
            }

            @Override
            public void setLocale(
                    HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
                throw new UnsupportedOperationException("the language comes with each request");
            }
        };
    }

    /** Before all others, so that refusals of the security filters speak the asker's language too. */
    @Bean
    @ConditionalOnWebApplication
    LanguageFilter languageFilter() {
        return new LanguageFilter();
    }

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class LanguageFilter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Locale language = asked(request);
            response.setHeader("Content-Language", language.equals(Texts.ENGLISH) ? "en" : "zh-CN");
            LocaleContextHolder.setLocale(language);
            try {
                chain.doFilter(new InLanguage(request, language), response);
            } finally {
                LocaleContextHolder.resetLocaleContext();
            }
        }

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }
    }

    /** Other filters take the language from the request itself. */
    private static final class InLanguage extends HttpServletRequestWrapper {
        private final Locale language;

        InLanguage(HttpServletRequest request, Locale language) {
            super(request);
            this.language = language;
        }

        @Override
        public Locale getLocale() {
            return language;
        }

        @Override
        public Enumeration<Locale> getLocales() {
            return Collections.enumeration(List.of(language));
        }
    }
}
