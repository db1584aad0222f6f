package org.anquan.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anquan.catalog.Title;
import org.anquan.exchange.Profile;
import org.anquan.exchange.Profiles;
import org.anquan.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Mapping profiles: list, read, keep. */
@RestController
@RequestMapping("/api/import/profiles")
final class ProfilesController {
    private static final int MOST_BYTES = 1 << 18;

    private final Profiles profiles;

    ProfilesController(Profiles profiles) {
        this.profiles = profiles;
    }

    record One(String id, Title title, String layer, List<String> columns) {
        static One of(Profile profile) {
            return new One(
                    profile.id(),
                    profile.title(),
                    profile.layer(),
                    profile.recogniser().all());
        }
    }

    record All(List<One> profiles) {}

    @GetMapping
    ResponseEntity<Object> all() {
        return ImportController.answer(
                HttpStatus.OK, new All(profiles.all().stream().map(One::of).toList()));
    }

    @GetMapping("/{id}")
    ResponseEntity<Object> one(@PathVariable String id) {
        String yaml = profiles.yaml(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "exchange.noProfile",
                        id,
                        profiles.all().stream().map(Profile::id).toList()));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .contentType(MediaType.parseMediaType("application/yaml;charset=UTF-8"))
                .body(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @PutMapping("/{id}")
    ResponseEntity<Object> save(@PathVariable String id, HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES)
            throw ProblemException.of(ProblemException.Kind.TOO_LARGE, "problem.tooLarge", MOST_BYTES);
        String yaml;
        try {
            yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid("exchange.profile.notYaml", id, "UTF-8");
        }
        return ImportController.answer(HttpStatus.OK, One.of(profiles.save(id, yaml)));
    }
}
