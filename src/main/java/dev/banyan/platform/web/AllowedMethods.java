package dev.banyan.platform.web;

import module java.base;
import io.quarkus.arc.Arc;
import jakarta.inject.Singleton;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;

/// The methods that a path supports, for the `Allow` header of a 405, which Quarkus leaves out, and the types of
/// bodies, for the text of a 415. Read from the resources on first use.
@Singleton
public final class AllowedMethods {

    /// @param variables the number of variable parts of the path: literal paths come first
    /// @param types of bodies, if it names them
    private record Route(Pattern path, int variables, String verb, List<String> types) {

        Stream<String> verbs() {
            return verb.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(verb);
        }

        /// Returns true if the path begins with a name, unlike that of a public page.
        boolean isNamed() {
            return !path.pattern().startsWith("/[");
        }
    }

    private Optional<List<Route>> routes = Optional.empty();

    /// @return such as `GET, HEAD, POST`
    public String of(String path) {
        return matching(path).stream().flatMap(Route::verbs).distinct().sorted().collect(Collectors.joining(", "));
    }

    /// Returns true if the path exists, but not with this method. Quarkus takes it for unknown if another resource's
    /// path is its beginning, as `/projects` is.
    public boolean refuses(String method, String path) {
        List<Route> matching = matching(path);
        return matching.stream().anyMatch(Route::isNamed)
                && matching.stream().flatMap(Route::verbs).noneMatch(method::equals);
    }

    /// Returns the types of bodies that a path takes with a method; empty if it names none, and takes JSON or a form.
    public List<String> types(String method, String path) {
        List<Route> matching = matching(path).stream()
                .filter(route -> route.verb().equals(method))
                .toList();
        return matching.stream().allMatch(route -> route.types().isEmpty())
                ? List.of()
                : matching.stream()
                        .flatMap(route -> route.types().isEmpty()
                                ? Stream.of(MediaType.APPLICATION_JSON)
                                : route.types().stream())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private List<Route> matching(String path) {
        List<Route> matching = routes().stream()
                .filter(route -> route.path().matcher(path).matches())
                .toList();
        int fewest = matching.stream().mapToInt(Route::variables).min().orElse(0);
        return matching.stream().filter(route -> route.variables() == fewest).toList();
    }

    private synchronized List<Route> routes() {
        List<Route> known = routes.orElseGet(AllowedMethods::read);
        routes = Optional.of(known);
        return known;
    }

    private static List<Route> read() {
        List<Route> routes = new ArrayList<>();
        Arc.container().beanManager().getBeans(Object.class).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .forEach(type -> Arrays.stream(type.getMethods())
                        .forEach(method -> verb(method)
                                .ifPresent(verb -> routes.add(route(type.getAnnotation(Path.class), method, verb)))));
        return List.copyOf(routes);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static List<String> types(Method method) {
        return Optional.ofNullable(method.getAnnotation(Consumes.class)).map(Consumes::value).stream()
                .flatMap(Arrays::stream)
                .toList();
    }

    private static Route route(Path ofClass, Method method, String verb) {
        Optional<Path> ofMethod = Optional.ofNullable(method.getAnnotation(Path.class));
        String template =
                ("/" + ofClass.value() + "/" + ofMethod.map(Path::value).orElse("")).replaceAll("/+", "/");
        String path = template.length() > 1 ? template.replaceFirst("/$", "") : template;
        return new Route(
                Pattern.compile(path.replaceAll("\\{[^/]+}", "[^/]+")),
                path.split("\\{", -1).length - 1,
                verb,
                types(method));
    }
}
