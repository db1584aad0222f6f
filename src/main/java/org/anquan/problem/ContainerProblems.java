package org.anquan.problem;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses before Spring sees it (a slash in disguise, a broken header) is a problem like any other. Public
 * because Tomcat makes it by its name.
 */
public final class ContainerProblems extends ErrorReportValve {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new TextJacksonModule()).build();

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        try {
            Writer out = response.getReporter();
            if (out == null) return;
            String path = request.getDecodedRequestURI() == null ? "-" : request.getDecodedRequestURI();
            out.write(JSON.writeValueAsString(ProblemAdvice.ofStatus(status, path)));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("the asker has gone", e);
        }
    }
}
