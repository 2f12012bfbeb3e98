package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.context.RouteEffects;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import org.junit.jupiter.api.Test;

/// Finds out by the program itself which reading routes give a file away: those from which a method is reached that
/// answers with another type than a page’s or JSON, or names a file. Each must be in the table of effects, which says
/// whether it hands something over, unless it is for everyone.
class FileRoutesTest {

    /// Methods that get the type of an answer, with the number of their parameters.
    private static final Set<String> TYPING = Set.of(
            "dev/banyan/platform/web/ReadyBytes.of/4",
            "jakarta/ws/rs/core/Response.ok/2",
            "jakarta/ws/rs/core/Response$ResponseBuilder.type/1",
            "jakarta/ws/rs/core/Response$ResponseBuilder.variant/1");

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(application|audio|font|image|multipart|text|video)/[\\w.+*-]+(;.*)?");

    private static final Pattern PAGE_OR_JSON = Pattern.compile("(text/html|application/json)(;.*)?");

    /// What is for everyone, and why.
    private static final Map<String, List<String>> PUBLIC = Map.of(
            "about the server, for other programs",
            List.of(
                    "GET /.well-known/security.txt",
                    "GET /healthz",
                    "GET /hooks/whatsapp/{connection}",
                    "GET /internal/domain",
                    "GET /readyz",
                    "GET /robots.txt"),
            "the documentation",
            List.of("GET /docs/pictures/{name}", "GET /postman.json"),
            "what search engines find",
            List.of("GET /sitemap.xml", "GET /sitemap/{list}.xml"),
            "a part of a public page, or of a sign-in page",
            List.of(
                    "GET /favicon.ico",
                    "GET /media/card/{pageId}.png",
                    "GET /media/icon/{pageId}.png",
                    "GET /media/{id}",
                    "GET /s/{shortPath}/icon.svg",
                    "GET /s/{shortPath}/mark",
                    "GET /s/{shortPath}/theme.css"),
            "what sign-in providers must know",
            List.of("GET /s/{shortPath}/sso/metadata", "GET /sso/{username}/metadata"));

    @Test
    void eachIsInTheTable() throws IOException {
        Set<String> found = found();
        Set<String> open = PUBLIC.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        assertThat(found).as("the walk finds something").hasSizeGreaterThan(30).containsAll(open);
        assertThat(open).doesNotContainAnyElementsOf(RouteEffects.all());
        found.removeAll(open);
        assertThat(found)
                .as("a new file: does it hand something over (rights/effects.txt)?")
                .allMatch(RouteEffects.all()::contains);
    }

    /// The recorded answers of all routes say the same of those that have one.
    @Test
    void theWalkFindsEachThatWasSeenToAnswerWithAFile() throws IOException {
        assertThat(found()).containsAll(recorded());
        assertThat(recorded()).hasSizeGreaterThan(15);
    }

    private static Set<String> found() throws IOException {
        var found = new TreeSet<String>();
        ReachingRoutes.methods((type, method) -> {
            if (answersWithAFile(method)) {
                ReachingRoutes.of(type, method).stream()
                        .filter(route -> route.startsWith("GET "))
                        .forEach(found::add);
            }
        });
        return found;
    }

    private static boolean answersWithAFile(MethodModel method) {
        Set<String> texts = ReachingRoutes.texts(method);
        Set<String> types = texts.stream()
                .filter(text -> MEDIA_TYPE.matcher(text).matches())
                .collect(Collectors.toSet());
        ReachingRoutes.code(method)
                .filter(FieldInstruction.class::isInstance)
                .map(FieldInstruction.class::cast)
                .filter(field -> field.owner().asInternalName().equals("jakarta/ws/rs/core/MediaType"))
                .map(field -> field.name().stringValue().replace("_TYPE", "").replaceFirst("_", "/"))
                .forEach(type -> types.add(type.toLowerCase(Locale.ROOT)));
        boolean isOther = types.isEmpty() || !types.stream().allMatch(PAGE_OR_JSON.asMatchPredicate());
        return texts.contains("Content-Disposition")
                || isOther && ReachingRoutes.code(method).anyMatch(FileRoutesTest::givesAType);
    }

    /// Whether an instruction gives the type of an answer.
    private static boolean givesAType(CodeElement element) {
        return element instanceof InvokeInstruction call
                && TYPING.contains(call.owner().asInternalName() + "."
                        + call.name().stringValue() + "/" + call.typeSymbol().parameterCount());
    }

    private static Set<String> recorded() throws IOException {
        var recorded = new TreeSet<String>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/answers/bodies"))) {
            for (Path file : files.toList()) {
                for (String answer : Files.readString(file).split("(?m)^=== ")) {
                    List<String> head =
                            answer.lines().takeWhile(line -> !line.isEmpty()).toList();
                    if (answer.startsWith("GET ") && head.get(1).startsWith("2") && isAFile(head)) {
                        recorded.add(answer.substring(0, answer.indexOf(" | ")));
                    }
                }
            }
        }
        return recorded;
    }

    private static boolean isAFile(List<String> head) {
        return head.stream()
                .anyMatch(line -> line.startsWith("content-disposition: ")
                        || line.startsWith("content-type: ")
                                && !PAGE_OR_JSON
                                        .matcher(line.substring("content-type: ".length()))
                                        .matches());
    }
}
