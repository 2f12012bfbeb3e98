package dev.banyan.platform.web;

import io.quarkus.arc.Arc;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The methods that a path supports, for the `Allow` header of a 405, which Quarkus leaves out. Read from the resources
/// on first use.
@Singleton
public final class AllowedMethods {

    /// @param path as a regular expression
    /// @param variables the number of variable parts of the path: literal paths come first
    private record Route(String path, int variables, String verb) {}

    private Optional<List<Route>> routes = Optional.empty();

    /// @return such as `GET, HEAD, POST`
    public synchronized String of(String path) {
        List<Route> known = routes.orElseGet(AllowedMethods::read);
        routes = Optional.of(known);
        List<Route> matching =
                known.stream().filter(route -> path.matches(route.path())).toList();
        int fewest = matching.stream().mapToInt(Route::variables).min().orElse(0);
        return matching.stream()
                .filter(route -> route.variables() == fewest)
                .flatMap(route -> route.verb().equals("GET")
                        ? java.util.stream.Stream.of("GET", "HEAD")
                        : java.util.stream.Stream.of(route.verb()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static List<Route> read() {
        List<Route> routes = new ArrayList<>();
        Arc.container().beanManager().getBeans(Object.class).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .forEach(type -> Arrays.stream(type.getMethods())
                        .forEach(method -> verb(method)
                                .ifPresent(verb -> routes.add(route(type.getAnnotation(Path.class), method, verb)))));
        routes.sort(Comparator.comparing(Route::path));
        return List.copyOf(routes);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static Route route(Path ofClass, Method method, String verb) {
        Optional<Path> ofMethod = Optional.ofNullable(method.getAnnotation(Path.class));
        String template =
                ("/" + ofClass.value() + "/" + ofMethod.map(Path::value).orElse("")).replaceAll("/+", "/");
        String path = template.length() > 1 ? template.replaceFirst("/$", "") : template;
        return new Route(path.replaceAll("\\{[^/]+}", "[^/]+"), path.split("\\{", -1).length - 1, verb);
    }
}
