package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.platform.web.request.OwnerPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The webhooks of an account, or of a workspace (`inside`), and a form for another one. `home` is the address of this
/// page, `fresh` a secret that was just made and is shown only here.
@CheckedTemplate(basePath = "platform")
record WebhooksPage(
        PageFrame shell,
        String home,
        Optional<OwnerPage.Inside> inside,
        List<Row> rows,
        Optional<Fresh> fresh,
        String url,
        List<Kind> kinds,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    record Fresh(String id, String secret) {}

    record Row(String id, String host, String url, String events, State state) {

        static Row of(Endpoint endpoint, Optional<String> remark) {
            return new Row(
                    endpoint.id().toString(),
                    endpoint.host(),
                    endpoint.url(),
                    endpoint.events().equals(List.of("*")) ? "All events" : String.join(", ", endpoint.events()),
                    State.of(endpoint, remark));
        }
    }

    /// How an endpoint does; `tone` is its color in the stylesheet.
    record State(String tone, String text, Optional<String> reason) {

        /// @param remark why nothing can arrive
        static State of(Endpoint endpoint, Optional<String> remark) {
            if (!endpoint.active()) {
                return new State("bad", "Off", endpoint.offReason());
            }
            if (remark.isPresent()) {
                return new State("bad", "Failing", remark);
            }
            return endpoint.failingSince()
                    .map(since -> new State(
                            "bad", "Failing", Optional.of("Nothing has arrived since " + Words.moment(since) + ".")))
                    .orElseGet(() -> new State("good", "On", Optional.empty()));
        }
    }

    /// A kind of event, such as `page.*`.
    record Kind(String pattern, String label, String types, boolean picked) {

        /// The kinds of events, and single types that were chosen through the API.
        static List<Kind> all(List<String> picked) {
            Map<String, List<String>> byKind = EventType.all().stream()
                    .map(EventType::name)
                    .filter(name -> !name.startsWith("webhook.") // a test event needs no choice
                            && !EventType.isOfVisitors(name))
                    .collect(Collectors.groupingBy(
                            name -> name.substring(0, name.indexOf('.')), TreeMap::new, Collectors.toList()));
            var all = new Kind(
                    "*", "All events", "everything except visits, also what later versions add", picked.contains("*"));
            Stream<Kind> kinds = byKind.entrySet().stream()
                    .map(kind -> new Kind(
                            kind.getKey() + ".*",
                            kind.getKey() + ".*",
                            kind.getValue().stream()
                                    .map(name -> name.substring(name.indexOf('.') + 1)
                                            .replace('_', ' '))
                                    .collect(Collectors.joining(", ")),
                            picked.contains(kind.getKey() + ".*")));
            Stream<Kind> visits = EventType.ofVisitors().stream()
                    .map(name ->
                            new Kind(name, name, "visits, not included in the kinds above", picked.contains(name)));
            Stream<Kind> single = picked.stream()
                    .filter(pattern -> !EventType.isOfVisitors(pattern)
                            && EventType.all().stream()
                                    .anyMatch(type -> type.name().equals(pattern)))
                    .map(name -> new Kind(name, name, "this event alone", true));
            return Stream.of(Stream.of(all), kinds, visits, single)
                    .flatMap(Function.identity())
                    .toList();
        }
    }
}
