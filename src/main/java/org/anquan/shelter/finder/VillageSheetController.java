package org.anquan.shelter.finder;

import jakarta.servlet.http.HttpServletRequest;
import org.anquan.problem.Texts;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Paper sheets to print, one page a village. */
@RestController
final class VillageSheetController {
    private final VillageSheet sheets;

    VillageSheetController(VillageSheet sheets) {
        this.sheets = sheets;
    }

    @GetMapping("/shelter/sheet")
    ResponseEntity<String> sheet(
            @RequestParam(defaultValue = "") String village,
            @RequestParam(defaultValue = "") String township,
            HttpServletRequest request) {
        String root = ServletUriComponentsBuilder.fromContextPath(request).toUriString();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-cache")
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(sheets.html(village.strip(), township.strip(), root, Texts.currentLanguage()));
    }
}
