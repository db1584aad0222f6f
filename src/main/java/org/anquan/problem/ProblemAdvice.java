package org.anquan.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.anquan.problem.ProblemException.Mistake;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * The one place where errors become answers: {@code application/problem+json} in the asker's language, never with a
 * stack trace. Our own bugs are 500 with a reference number that stands in the log beside the stack trace.
 */
@RestControllerAdvice
final class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(ProblemException.class)
    @Nullable
    ResponseEntity<ProblemBody> problem(
            ProblemException problem, HttpServletRequest request, HttpServletResponse response) {
        if (problem.kind() == ProblemException.Kind.INTERNAL) return bug(problem, request, response);
        Throwable cause = problem.getCause();
        // One line each: while a database is away everybody meets it, and a damaged file is its sender's affair.
        if (cause != null) {
            LOG.warn("{} ({})", problem.getMessage(), oneLine(cause));
            LOG.debug("{} {}", request.getMethod(), path(request), problem);
        }
        return answer(ProblemBody.of(problem), null, response);
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    @Nullable
    ResponseEntity<ProblemBody> noSuchPath(Exception e, HttpServletRequest request, HttpServletResponse response) {
        return answer(ProblemBody.of(404, "problem.noSuchPath", null, path(request)), null, response);
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    @Nullable
    ResponseEntity<ProblemBody> method(
            HttpRequestMethodNotSupportedException e, HttpServletRequest request, HttpServletResponse response) {
        String[] supported = e.getSupportedMethods();
        List<String> allowed = supported == null ? List.of() : List.of(supported);
        HttpHeaders headers = new HttpHeaders();
        if (!allowed.isEmpty()) headers.set("Allow", String.join(", ", allowed));
        return answer(
                ProblemBody.of(405, "problem.method", null, e.getMethod(), path(request), allowed), headers, response);
    }

    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class)
    @Nullable
    ResponseEntity<ProblemBody> notAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpServletRequest request, HttpServletResponse response) {
        String accept = String.valueOf(request.getHeader("Accept"));
        return answer(
                ProblemBody.of(406, "problem.notAcceptable", null, accept, words(e.getSupportedMediaTypes())),
                null,
                response);
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    @Nullable
    ResponseEntity<ProblemBody> mediaType(HttpMediaTypeNotSupportedException e, HttpServletResponse response) {
        String given = e.getContentType() == null ? "-" : e.getContentType().toString();
        return answer(
                ProblemBody.of(415, "problem.mediaType", null, given, words(e.getSupportedMediaTypes())),
                null,
                response);
    }

    private static List<String> words(List<MediaType> types) {
        return types.isEmpty()
                ? List.of("application/json")
                : types.stream().map(MediaType::toString).toList();
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    @Nullable
    ResponseEntity<ProblemBody> unreadable(HttpMessageNotReadableException e, HttpServletResponse response) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) return answer(ProblemBody.of(problem), null, response);
            if (cause instanceof JacksonException json) return json(json, response);
        }
        return answer(ProblemBody.of(400, "problem.noBody", null), null, response);
    }

    /** Only what a reader of the request throws comes here; a failing writer is our own bug. */
    @ExceptionHandler(JacksonException.class)
    @Nullable
    ResponseEntity<ProblemBody> jackson(JacksonException e, HttpServletRequest request, HttpServletResponse response) {
        return bug(e, request, response);
    }

    private @Nullable ResponseEntity<ProblemBody> json(JacksonException e, HttpServletResponse response) {
        return answer(ProblemBody.of(NotJson.problem(e)), null, response);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    @Nullable
    ResponseEntity<ProblemBody> tooLarge(MaxUploadSizeExceededException e, HttpServletResponse response) {
        return answer(ProblemBody.of(413, "problem.tooLarge", null, e.getMaxUploadSize()), null, response);
    }

    /** A form that breaks off or is none. */
    @ExceptionHandler(MultipartException.class)
    @Nullable
    ResponseEntity<ProblemBody> multipart(MultipartException e, HttpServletResponse response) {
        return answer(ProblemBody.of(400, "problem.multipart", null), null, response);
    }

    @ExceptionHandler(MissingServletRequestParameterException.class)
    @Nullable
    ResponseEntity<ProblemBody> missing(MissingServletRequestParameterException e, HttpServletResponse response) {
        return answer(ProblemBody.of(400, "problem.parameterMissing", null, e.getParameterName()), null, response);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    @Nullable
    ResponseEntity<ProblemBody> mismatch(MethodArgumentTypeMismatchException e, HttpServletResponse response) {
        return answer(
                ProblemBody.of(400, "problem.parameterWrong", null, e.getName(), String.valueOf(e.getValue())),
                null,
                response);
    }

    @ExceptionHandler(MethodArgumentNotValidException.class)
    @Nullable
    ResponseEntity<ProblemBody> notValid(MethodArgumentNotValidException e, HttpServletResponse response) {
        List<Mistake> mistakes = new ArrayList<>();
        for (FieldError error : e.getFieldErrors())
            mistakes.add(new Mistake(error.getField(), Text.of("problem.field", message(error))));
        return answer(ProblemBody.of(ProblemException.invalid("problem.body").withMistakes(mistakes)), null, response);
    }

    private static String message(DefaultMessageSourceResolvable error) {
        return error.getDefaultMessage() == null ? "?" : error.getDefaultMessage();
    }

    /** The asker has gone: there is nobody to answer. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone() {}

    @ExceptionHandler(AsyncRequestTimeoutException.class)
    @Nullable
    ResponseEntity<ProblemBody> tooSlow(HttpServletResponse response) {
        return answer(ProblemBody.of(503, "problem.tooSlow", null), null, response);
    }

    @ExceptionHandler(Throwable.class)
    @Nullable
    ResponseEntity<ProblemBody> other(Throwable e, HttpServletRequest request, HttpServletResponse response) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError())
            return answer(known(known.getStatusCode(), request), known.getHeaders(), response);
        if (askerIsGone(e)) return null;
        return bug(e, request, response);
    }

    private static ProblemBody known(HttpStatusCode status, HttpServletRequest request) {
        return ofStatus(status.value(), path(request));
    }

    /** A plain problem for a status that came from elsewhere than our own code. */
    static ProblemBody ofStatus(int status, String path) {
        return switch (status) {
            case 401 -> ProblemBody.of(401, "problem.notSignedIn", null, path);
            case 403 -> ProblemBody.of(403, "problem.forbidden", null, path);
            case 404 -> ProblemBody.of(404, "problem.noSuchPath", null, path);
            case 413 -> ProblemBody.of(413, "problem.tooLarge", null, "-");
            default ->
                status >= 500
                        ? ProblemBody.of(status, "problem.bug", null, "-")
                        : ProblemBody.of(status, "problem.badRequest", null, path);
        };
    }

    private static boolean askerIsGone(Throwable e) {
        if (!(e instanceof IOException)) return false;
        String name = e.getClass().getSimpleName();
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return name.equals("ClientAbortException")
                || message.contains("broken pipe")
                || message.contains("connection reset");
    }

    private @Nullable ResponseEntity<ProblemBody> bug(
            Throwable e, HttpServletRequest request, HttpServletResponse response) {
        String reference = "%08X".formatted(ThreadLocalRandom.current().nextInt());
        LOG.error("{} {} failed, reference {}", request.getMethod(), path(request), reference, e);
        return answer(ProblemBody.of(500, "problem.bug", reference, reference), null, response);
    }

    private static @Nullable ResponseEntity<ProblemBody> answer(
            ProblemBody body, @Nullable HttpHeaders headers, HttpServletResponse response) {
        // Half an answer is out already: it can only be cut off.
        if (response.isCommitted()) return null;
        response.resetBuffer();
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(body.status());
        if (headers != null) answer.headers(headers);
        return answer.header("Cache-Control", "no-store").contentType(form()).body(body);
    }

    /** A page for a browser, JSON for all else. */
    private static MediaType form() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                        && ProblemPage.wantedBy(now.getRequest())
                ? ProblemPage.HTML
                : MediaType.APPLICATION_PROBLEM_JSON;
    }

    /** What a library says of a stranger's file may hold anything. */
    private static String oneLine(Throwable cause) {
        String words = cause.toString().replaceAll("\\p{Cntrl}+", " ");
        return words.length() > 300 ? words.substring(0, 300) + "…" : words;
    }

    private static String path(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.length() > 200 ? path.substring(0, 200) + "…" : path;
    }
}
