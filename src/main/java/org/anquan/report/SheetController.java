package org.anquan.report;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.anquan.problem.NotJson;
import org.anquan.problem.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/sheet}: a map sheet to print, PDF or PNG. */
@RestController
@ConditionalOnWebApplication
final class SheetController {
    private final Sheets sheets;
    private final SheetSettings settings;
    private final JsonMapper json;

    SheetController(Sheets sheets, SheetSettings settings) {
        this.sheets = sheets;
        this.settings = settings;
        this.json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Headers: {@code Anquan-Scale} is n of 1:n, {@code Anquan-Notes} what to know about the sheet, percent-encoded. */
    @PostMapping(path = "/api/sheet", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> sheet(HttpServletRequest request) throws IOException {
        Sheets.Made made = sheets.make(SheetRequest.read(read(request), settings.maxTitle()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("Anquan-Scale", String.valueOf(made.scale()))
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename(made.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString());
        if (!made.notes().isEmpty())
            answer.header(
                    "Anquan-Notes",
                    URLEncoder.encode(String.join("\n", made.notes()), StandardCharsets.UTF_8)
                            .replace("+", "%20"));
        return answer.contentType(MediaType.parseMediaType(made.mediaType())).body(made.file());
    }

    private JsonNode read(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(settings.maxBodyBytes() + 1);
        if (bytes.length > settings.maxBodyBytes())
            throw ProblemException.of(ProblemException.Kind.TOO_LARGE, "problem.tooLarge", settings.maxBodyBytes());
        if (bytes.length == 0) throw ProblemException.invalid("problem.noBody");
        try {
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw NotJson.problem(e);
        }
    }
}
