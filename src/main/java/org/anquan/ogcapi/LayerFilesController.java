package org.anquan.ogcapi;

import java.util.List;
import org.anquan.catalog.DefinitionProblem;
import org.anquan.catalog.LayerFiles;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes new and changed layer files while the service runs; for administrators, as all that is not named otherwise. */
@RestController
final class LayerFilesController {
    private final LayerFiles files;

    LayerFilesController(LayerFiles files) {
        this.files = files;
    }

    record Answer(List<String> added, List<String> changed, List<String> removed, List<Problem> problems) {}

    /** A definition that did not come into force. */
    record Problem(String layer, String title, Text detail, Text help, List<Mistake> mistakes) {
        static Problem of(DefinitionProblem one) {
            return new Problem(
                    one.layer(),
                    one.problem().title().toString(),
                    one.problem().detail(),
                    one.problem().help(),
                    one.problem().mistakes());
        }
    }

    @PostMapping(path = "/api/layers/reload", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> reload() {
        LayerFiles.Reloaded done = files.reload();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Answer(
                        done.added(),
                        done.changed(),
                        done.removed(),
                        done.problems().stream().map(Problem::of).toList()));
    }
}
