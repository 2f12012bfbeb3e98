package dev.banyan.platform.config;

import module java.base;

/// Where the files of several servers are: a bucket of any storage that speaks S3, addressed by its path.
///
/// @param endpoint such as `https://s3.example.com`
/// @param prefix of all keys: empty, or ends with a slash
public record S3Bucket(URI endpoint, String name, String prefix, String region, String key, String secret) {

    private static final String FORM = "s3://host:port/bucket/prefix?region=us-east-1&tls=off";
    private static final String REGION = "us-east-1";

    /// @throws InvalidSetting if the address or one of its keys is missing
    static Optional<S3Bucket> from(SettingSources sources) {
        Optional<String> url = sources.optional(Setting.FILES_URL);
        return url.map(text -> {
            URI uri = parse(text);
            String[] path = uri.getPath().substring(1).split("/", 2);
            Map<String, String> options = options(uri, text);
            boolean isPlain = "off".equals(options.getOrDefault("tls", "on"));
            String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            String prefix = path.length < 2 ? "" : path[1].replaceAll("/+$", "");
            return new S3Bucket(
                    URI.create((isPlain ? "http://" : "https://") + authority),
                    path[0],
                    prefix.isEmpty() ? "" : prefix + "/",
                    options.getOrDefault("region", REGION),
                    required(sources, Setting.FILES_KEY),
                    required(sources, Setting.FILES_SECRET));
        });
    }

    private static String required(SettingSources sources, Setting setting) {
        return sources.optional(setting)
                .orElseThrow(() -> new InvalidSetting("BANYAN_FILES_URL needs " + setting.variable()));
    }

    private static URI parse(String text) {
        try {
            URI uri = URI.create(text);
            if ("s3".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPath().matches("/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._/-]*)?")) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the common message, which doesn't repeat what may contain a key.
        }
        throw bad();
    }

    private static Map<String, String> options(URI uri, String text) {
        var options = new LinkedHashMap<String, String>();
        if (text.contains("?")) {
            Arrays.stream(uri.getQuery().split("&"))
                    .map(option -> option.split("=", 2))
                    .forEach(option -> options.put(option[0], option.length < 2 ? "" : option[1]));
        }
        boolean isKnown = options.entrySet().stream().allMatch(option -> switch (option.getKey()) {
            case "region" -> option.getValue().matches("[a-z0-9-]+");
            case "tls" -> option.getValue().matches("on|off");
            default -> false;
        });
        if (!isKnown) {
            throw bad();
        }
        return options;
    }

    private static InvalidSetting bad() {
        return new InvalidSetting(
                "BANYAN_FILES_URL must look like " + FORM + "; its keys are BANYAN_FILES_KEY and BANYAN_FILES_SECRET");
    }

    /// Returns the bucket as people know it; never its keys.
    @Override
    public String toString() {
        return endpoint + "/" + name + "/" + prefix;
    }
}
