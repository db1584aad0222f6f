package org.anquan.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container itself refuses (a bad path, a broken header) gets the same kind of answer. */
@RestController
final class ProblemErrorController implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<ProblemBody> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given ? given : 404;
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemBody body = ProblemAdvice.ofStatus(status, asked == null ? request.getRequestURI() : asked.toString());
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .contentType(ProblemPage.wantedBy(request) ? ProblemPage.HTML : MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }
}
