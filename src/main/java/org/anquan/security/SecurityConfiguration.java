package org.anquan.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who may do what over HTTP. Reading is open (what is read is cut to what the asker may see, by
 * {@code catalog.Visibility}); asking an analysis, printing its sheet and ending a job whose unguessable id one knows are open too;
 * features are edited, recipes kept and files imported by planners and administrators; duty officers too keep scenarios, report
 * incidents and send forces on missions; shelters are opened by duty officers, their people counted by their keepers;
 * what was changed is shown to whoever is signed in; everything
 * else needs the administrator. What is not named here is closed.
 */
@Configuration
@ConditionalOnWebApplication
class SecurityConfiguration {
    private final HandlerExceptionResolver problems;

    SecurityConfiguration(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            AuthenticationManager passwords,
            Sessions sessions,
            SecuritySettings settings,
            @Value("${anquan.map.basemap.url:}") String basemap) {
        http.csrf(AbstractHttpConfigurer::disable) // the cookie is SameSite=Strict and SessionFilter wants a header
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authenticationManager(passwords)
                .addFilterBefore(new SessionFilter(sessions, problems), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(this::notSignedIn))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(this::notSignedIn)
                        .accessDeniedHandler((request, response, e) -> problems.resolveException(
                                request, response, null, ProblemException.of(Kind.FORBIDDEN, "security.forbidden"))))
                .authorizeHttpRequests(ways -> ways.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .access((who, where) -> metrics(who, where, settings))
                        .requestMatchers("/actuator/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers(HttpMethod.GET, "/ogc/jobs")
                        .authenticated()
                        .requestMatchers(
                                HttpMethod.POST, "/ogc/collections/incident/items", "/ogc/collections/mission/items")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name())
                        .requestMatchers(
                                HttpMethod.PATCH,
                                "/ogc/collections/incident/items/*",
                                "/ogc/collections/mission/items/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name())
                        .requestMatchers(
                                HttpMethod.POST,
                                "/ogc/collections/*/items",
                                "/ogc/collections/*/changes",
                                "/ogc/collections/*/changes/*/undo",
                                "/api/doctor/*/mend")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.PUT, "/ogc/collections/*/items/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.PATCH, "/ogc/collections/*/items/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.DELETE, "/ogc/collections/*/items/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.PUT, "/api/scenarios/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name())
                        .requestMatchers(HttpMethod.DELETE, "/api/scenarios/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name())
                        .requestMatchers(HttpMethod.PUT, "/api/risk-recipes/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.DELETE, "/api/risk-recipes/*")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(
                                HttpMethod.GET, "/ogc/collections/*/items/*/history", "/ogc/collections/*/changes/**")
                        .authenticated()
                        .requestMatchers(
                                HttpMethod.HEAD, "/ogc/collections/*/items/*/history", "/ogc/collections/*/changes/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.POST, "/api/shelters/state", "/api/shelters/state/*/undo")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name())
                        .requestMatchers(HttpMethod.POST, "/api/shelters/**")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name(), Role.DISPATCHER.name(), Role.KEEPER.name())
                        .requestMatchers("/api/geoserver", "/api/geoserver/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers("/api/import", "/api/import/**")
                        .hasAnyRole(Role.ADMIN.name(), Role.EDITOR.name())
                        .requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.OPTIONS, "/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/ogc/processes/*/execution", "/api/session", "/api/sheet")
                        .permitAll()
                        .requestMatchers(HttpMethod.DELETE, "/ogc/jobs/*", "/api/session")
                        .permitAll()
                        .anyRequest()
                        .hasRole(Role.ADMIN.name()))
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .frameOptions(frames -> frames.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                features -> features.policy("geolocation=(self), camera=(), microphone=()"))
                        .contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy(basemap))));
        return http.build();
    }

    /** Everything from this host; pictures also from the basemap's, where one is configured. */
    static String contentPolicy(String basemap) {
        String host = basemap.isBlank() ? "" : " " + origin(basemap);
        return "default-src 'self'; img-src 'self' data: blob:" + host + "; connect-src 'self'" + host
                + "; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'";
    }

    private static String origin(String address) {
        // Tile addresses hold {z}, {x} …, which no URI may.
        URI uri = URI.create(address.replaceAll("[{}|\\s;]", ""));
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static AuthorizationDecision metrics(
            Supplier<? extends @Nullable Authentication> who,
            RequestAuthorizationContext where,
            SecuritySettings settings) {
        if (Asker.of(who.get()) != null) return new AuthorizationDecision(true);
        return new AuthorizationDecision(settings.prometheusFromLoopback()
                && isLoopback(where.getRequest().getRemoteAddr())
                && where.getRequest().getHeader("X-Forwarded-For") == null);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Bean
    AuthenticationManager passwords(SignIn signIn) {
        return new ProviderManager(new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication given) {
                String address =
                        given.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
                try {
                    return signIn.check(given.getName(), String.valueOf(given.getCredentials()), address)
                            .authentication();
                } catch (ProblemException e) {
                    throw new Refused(e);
                }
            }

            @Override
            public boolean supports(Class<?> type) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
            }
        });
    }

    /** Carries our problem through Spring Security. */
    private static final class Refused extends AuthenticationException {
        Refused(ProblemException cause) {
            super(cause.key(), cause);
        }
    }

    private void notSignedIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        ProblemException problem = e.getCause() instanceof ProblemException known
                ? known
                : ProblemException.of(Kind.NOT_SIGNED_IN, "security.notSignedIn");
        // A script asks with X-Requested-With and shows its own form; a browser's pop-up would be in the way.
        if (problem.kind() == Kind.NOT_SIGNED_IN && request.getHeader("X-Requested-With") == null)
            response.setHeader("WWW-Authenticate", "Basic realm=\"Anquan\", charset=\"UTF-8\"");
        problems.resolveException(request, response, null, problem);
    }
}
