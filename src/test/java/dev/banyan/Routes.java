package dev.banyan;

import module java.base;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.request.OwnerPage;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.ProjectGuard;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;

/// All routes declared by the product's classes; a new resource is included automatically.
public final class Routes {

    private static final String RS = "jakarta.ws.rs.";
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    /// The requests of pages that find their account in the form by themselves.
    private static final Set<String> PAGES = Set.of(
            OwnerPage.class.getName(),
            AccountPage.class.getName(),
            SignedInPage.class.getName(),
            PoolPage.class.getName(),
            AdminRequest.class.getName(),
            ProjectGuard.ProjectPage.class.getName(),
            ProjectGuard.WorkspacePage.class.getName(),
            "dev.banyan.workspaces.number.NumberPages$NumberPage");

    /// Where the fields of the forms are listed that are read by name ([FormFields]).
    private static final Map<String, String> LISTED_IN = Map.of(
            "ShortLinksPageResource", "resources/templates/shortlinks/ShortLinkPage.html",
            "SsoPageResource", "resources/templates/platform/ssoFields.html",
            "MemberSsoPageResource", "resources/templates/platform/ssoFields.html",
            "ProxiesPageResource", "resources/templates/whatsapp/proxyFields.html",
            "FailoverPageResource", "resources/templates/whatsapp/FailoverPage.html",
            "SenderPageResource", "resources/templates/whatsapp/SenderPage.html",
            "PoolSettingsPageResource", "resources/templates/whatsapp/PoolSettingsPage.html",
            "EditorLinksResource", "resources/templates/pages/PageEditorPage.html",
            "AppearancePageResource", "java/dev/banyan/pages/looks/AppearanceFields.java");

    /// A field in a template, or in the table of the fields of appearances.
    private static final Pattern LISTED = Pattern.compile(
            "(?: name=\"|first\\(\"|\"(?=\\w+\", \"(?:header|wallpaper|buttons|text|hideFooter)[.\\w]*\"))"
                    + "(?!check\")(\\w+)\"");

    private static final List<Route> ALL = read();

    /// One method of a resource.
    ///
    /// @param path with its parameters as declared: `/admin/pages/{pageId}`
    /// @param body the type of its JSON body, if it has one
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

        /// Returns `POST /api/login`.
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

    /// Returns the ids of all sockets declared by the product's classes.
    static List<String> sockets() {
        return index().getAnnotations(DotName.createSimple("io.quarkus.websockets.next.WebSocket")).stream()
                .map(socket -> {
                    AnnotationValue id = socket.value("endpointId");
                    return id == null ? socket.target().toString() : id.asString();
                })
                .toList();
    }

    /// Returns the classes of the program that implement an interface themselves.
    public static Stream<Class<?>> implementing(Class<?> type) {
        return index().getKnownDirectImplementations(DotName.createSimple(type.getName())).stream()
                .<Class<?>>map(found -> load(found.name().toString(), type.getClassLoader()));
    }

    private static List<Route> read() {
        Index index = index();
        var routes = new ArrayList<Route>();
        for (ClassInfo resource : index.getKnownClasses()) {
            AnnotationInstance path = resource.declaredAnnotation(DotName.createSimple(RS + "Path"));
            if (path != null) {
                methods(resource, index)
                        .forEach(method ->
                                verb(method).ifPresent(verb -> routes.add(route(resource, index, path, method, verb))));
            }
        }
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::verb));
        return List.copyOf(routes);
    }

    /// Returns the methods of a class and of those that it extends.
    private static Stream<MethodInfo> methods(ClassInfo type, Index index) {
        ClassInfo extended = index.getClassByName(type.superName());
        return Stream.concat(type.methods().stream(), extended == null ? Stream.empty() : methods(extended, index));
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
                Pattern.compile("\\{([^}:]+)[^}]*}")
                        .matcher(clean)
                        .results()
                        .map(name -> name.group(1).strip())
                        .toList(),
                params(method, index, "QueryParam"),
                params(method, index, "FormParam"),
                body(method),
                resource.name().toString());
    }

    /// Returns the parameters of the method and of its beans.
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
        Stream<String> declared =
                Stream.concat(own, inBeans).map(found -> found.value().asString());
        boolean byName = annotation.equals("FormParam")
                && method.parameters().stream()
                        .anyMatch(
                                parameter -> parameter.type().name().toString().equals(FormFields.class.getName()));
        boolean ofAccount = annotation.equals("FormParam")
                && method.hasAnnotation(DotName.createSimple(RS + "POST"))
                && method.parameters().stream()
                        .anyMatch(parameter ->
                                PAGES.contains(parameter.type().name().toString()));
        return Stream.concat(
                        ofAccount ? Stream.of("as") : Stream.empty(),
                        byName ? Stream.concat(declared, readByName(method)) : declared)
                .distinct()
                .toList();
    }

    /// Returns the fields of a form that is read by name, from the file that lists them.
    private static Stream<String> readByName(MethodInfo method) {
        String resource = method.declaringClass().simpleName();
        Path file = Path.of("src", "main")
                .resolve(Objects.requireNonNull(LISTED_IN.get(resource), resource + " is not in LISTED_IN"));
        try {
            return LISTED.matcher(Files.readString(file)).results().map(found -> found.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the type of the parameter without annotations.
    private static Optional<Class<?>> body(MethodInfo method) {
        return method.parameters().stream()
                .filter(parameter -> parameter.declaredAnnotations().isEmpty())
                .map(MethodParameterInfo::type)
                .<Class<?>>map(type -> load(type.name().toString()))
                .filter(type -> type != byte[].class) // raw bytes, which are checked by their signature
                .findFirst();
    }

    private static Class<?> load(String name) {
        return load(name, Thread.currentThread().getContextClassLoader());
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException failure) {
            throw new AssertionError(failure);
        }
    }

    /// Returns the fields of a body; none if it is read as a tree, whose resource has a validation test of its own.
    public static List<RecordComponent> fields(Type body) {
        return body == JsonNode.class ? List.of() : List.of(((Class<?>) body).getRecordComponents());
    }

    /// Returns the JSON name of a field; some JSON names are reserved words in Java.
    public static String wireName(RecordComponent field) {
        var renamed = field.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? field.getName() : renamed.value();
    }
}
