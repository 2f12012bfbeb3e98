package dev.banyan.platform.web;

import module java.base;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;

/// The path of the matched method as its resource declares it, such as `/admin/api-keys/{keyId}`. Rules that go by it
/// can't be bypassed by another spelling of the address.
public final class MatchedRoute {

    private record Method(Class<?> resource, java.lang.reflect.Method method) {}

    private static final Map<Method, String> PATHS = new ConcurrentHashMap<>();

    private MatchedRoute() {}

    public static String path(ResourceInfo matched) {
        return PATHS.computeIfAbsent(
                new Method(matched.getResourceClass(), matched.getResourceMethod()), MatchedRoute::declared);
    }

    /// Returns the method as it is declared: HEAD runs the method of GET.
    public static String method(String sent) {
        return sent.equals("HEAD") ? "GET" : sent;
    }

    private static String declared(Method method) {
        return Stream.of(
                        method.resource().getAnnotation(Path.class),
                        method.method().getAnnotation(Path.class))
                .flatMap(Stream::ofNullable)
                .flatMap(path -> Stream.of(path.value().split("/")))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/", "/", ""));
    }
}
