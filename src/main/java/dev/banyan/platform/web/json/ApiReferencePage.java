package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The API reference for people: a list of all JSON routes, or one group of them with their fields and answers. All of
/// them on one page were a megabyte.
///
/// @param groups all of them; only the shown one knows fields and answers
/// @param shown empty for the list
@CheckedTemplate(basePath = "platform")
public record ApiReferencePage(Door door, String apiVersion, List<Group> groups, Optional<Group> shown)
        implements TemplateInstance {

    /// A group of routes, with one sentence about what they are for.
    public record Group(String name, String text, List<Route> routes, boolean isShown) {
        public String anchor() {
            return anchorOf(name);
        }

        public String path() {
            return "/docs/api/" + anchor();
        }
    }

    /// One method on one path.
    ///
    /// @param text what it does beyond its summary; may be empty
    /// @param auth says in words who may call it
    public record Route(
            String method,
            String path,
            String summary,
            String text,
            String auth,
            String curl,
            List<Field> fields,
            List<Answer> answers) {
        public String anchor() {
            return anchorOf(method + path);
        }

        /// Returns the style of the method's label: reading is quiet, writing is not.
        public String tone() {
            return switch (method.toUpperCase(Locale.ROOT)) {
                case "GET", "HEAD" -> "info";
                case "DELETE" -> "bad";
                default -> "good";
            };
        }
    }

    /// One field of the request; `rule` is empty if the type says it all.
    public record Field(String name, String type, boolean required, String rule) {}

    /// One possible answer, with an example of its JSON body if it has one.
    public record Answer(int status, String text, Optional<String> example) {
        public String tone() {
            return status < 300 ? "good" : status < 500 ? "warn" : "bad";
        }
    }

    private static String anchorOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
