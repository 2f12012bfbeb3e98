package dev.banyan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;

/// Every route that the product's classes declare: a new resource is in it by being there.
public final class Routes {

    private static final String RS = "jakarta.ws.rs.";
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<Route> ALL = read();

    /// One method of a resource.
    ///
    /// @param path with its parameters as they are written: `/admin/pages/{pageId}`
    /// @param body the type of its JSON body, if it takes one
    public record Route(
            String verb,
            String path,
            List<String> pathParams,
            List<String> queryParams,
            List<String> formParams,
            Optional<Class<?>> body,
            String resource) {

        public boolean isJson() {
            return path.startsWith("/api/");
        }

        /// `POST /api/login`.
        public String name() {
            return verb + " " + path;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private Routes() {}

    public static List<Route> all() {
        return ALL;
    }

    /// The ids of all sockets that the product's classes declare.
    static List<String> sockets() {
        return index().getAnnotations(DotName.createSimple("io.quarkus.websockets.next.WebSocket")).stream()
                .map(socket -> {
                    AnnotationValue id = socket.value("endpointId");
                    return id == null ? socket.target().toString() : id.asString();
                })
                .toList();
    }

    private static List<Route> read() {
        Index index = index();
        var routes = new ArrayList<Route>();
        for (ClassInfo resource : index.getKnownClasses()) {
            AnnotationInstance path = resource.declaredAnnotation(DotName.createSimple(RS + "Path"));
            if (path != null) {
                for (MethodInfo method : resource.methods()) {
                    verb(method).ifPresent(verb -> routes.add(route(resource, index, path, method, verb)));
                }
            }
        }
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::verb));
        return List.copyOf(routes);
    }

    private static Index index() {
        var indexer = new Indexer();
        try (Stream<Path> files = Files.walk(Path.of("target", "classes", "dev", "banyan"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                try (var bytes = Files.newInputStream(file)) {
                    indexer.index(bytes);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return indexer.complete();
    }

    private static Optional<String> verb(MethodInfo method) {
        return VERBS.stream()
                .filter(verb -> method.hasAnnotation(DotName.createSimple(RS + verb)))
                .findFirst();
    }

    private static Route route(
            ClassInfo resource, Index index, AnnotationInstance root, MethodInfo method, String verb) {
        AnnotationInstance sub = method.declaredAnnotation(DotName.createSimple(RS + "Path"));
        String path = "/" + root.value().asString() + "/"
                + (sub == null ? "" : sub.value().asString());
        String clean = path.replaceAll("/+", "/").replaceAll("(.)/$", "$1");
        return new Route(
                verb,
                clean,
                params(method, index, "PathParam"),
                params(method, index, "QueryParam"),
                params(method, index, "FormParam"),
                body(method),
                resource.name().toString());
    }

    /// Those of the method, and those in the fields of its beans.
    private static List<String> params(MethodInfo method, Index index, String annotation) {
        DotName name = DotName.createSimple(RS + annotation);
        Stream<AnnotationInstance> inBeans = method.parameters().stream()
                .filter(parameter -> parameter.hasAnnotation(DotName.createSimple(RS + "BeanParam")))
                .map(parameter -> index.getClassByName(parameter.type().name()))
                .flatMap(bean -> bean.fields().stream())
                .filter(field -> field.hasAnnotation(name))
                .map(field -> field.annotation(name));
        Stream<AnnotationInstance> own = method.annotations(name).stream()
                .filter(found -> found.target().kind() == AnnotationTarget.Kind.METHOD_PARAMETER);
        return Stream.concat(own, inBeans)
                .map(found -> found.value().asString())
                .toList();
    }

    /// The parameter that no annotation explains.
    private static Optional<Class<?>> body(MethodInfo method) {
        return method.parameters().stream()
                .filter(parameter -> parameter.declaredAnnotations().isEmpty())
                .map(MethodParameterInfo::type)
                .<Class<?>>map(type -> load(type.name().toString()))
                .findFirst();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Of a body; none of one that is read as a tree, whose resource has a test of its own for what may stand in it.
    static List<RecordComponent> fields(Type body) {
        return body == JsonNode.class ? List.of() : List.of(((Class<?>) body).getRecordComponents());
    }

    /// What a field of a body is called on the wire; Java forbids some names that JSON has.
    static String wireName(RecordComponent field) {
        var renamed = field.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? field.getName() : renamed.value();
    }
}
