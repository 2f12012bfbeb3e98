package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The document about permissions says what the table says. After a change of the table, take its part below the mark
/// from `target/permissions.md`.
class PermissionsDocumentTest {

    private static final String MARK = "## All permissions\n";

    @Test
    void theDocumentIsTheTable() throws IOException {
        String expected = MARK + "\n" + permissions() + "\n" + routes() + "\n" + closed();
        Files.writeString(Path.of("target", "permissions.md"), expected);
        String document = Files.readString(Path.of("docs", "permissions.md"));
        assertThat(document.substring(document.indexOf(MARK))).isEqualTo(expected);
    }

    private static String permissions() {
        var text = new StringBuilder("| permission | on the page | older names |\n|---|---|---|\n");
        KeyRights.all().stream()
                .filter(permission -> permission.use() != KeyRights.Use.FORMER)
                .forEach(permission -> text.append("| `%s` | %s | %s |\n"
                        .formatted(
                                permission.name(),
                                permission.use() == KeyRights.Use.WORKSPACES
                                        ? "only for keys of a workspace"
                                        : permission.label(),
                                permission.olderNames().stream()
                                        .map("`%s`"::formatted)
                                        .collect(Collectors.joining(", ")))));
        return text.toString();
    }

    private static String routes() {
        var text = new StringBuilder("## What each opens\n\n| route | permission |\n|---|---|\n");
        KeyRights.all().stream()
                .filter(permission -> permission.use() != KeyRights.Use.FORMER)
                .forEach(permission -> KeyRights.routes().entrySet().stream()
                        .filter(route -> route.getValue().equals(permission))
                        .map(Map.Entry::getKey)
                        .sorted(BY_PATH)
                        .forEach(route -> text.append("| `%s` | `%s` |\n".formatted(shown(route), permission.name()))));
        return text.toString();
    }

    private static String closed() {
        var text = new StringBuilder("## What no key opens\n\n| route | because |\n|---|---|\n");
        KeyRights.closed().entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue().thenComparing(Map.Entry.comparingByKey(BY_PATH)))
                .forEach(route -> text.append("| `%s` | %s |\n".formatted(route.getKey(), route.getValue())));
        return text.toString();
    }

    private static final Comparator<String> BY_PATH = Comparator.<String, String>comparing(
                    route -> route.substring(route.indexOf(' ') + 1))
            .thenComparing(route -> route);

    private static String shown(String route) {
        return route.replace(" /api/admin/", " /v1/");
    }
}
