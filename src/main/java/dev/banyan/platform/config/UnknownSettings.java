package dev.banyan.platform.config;

import module java.base;

/// Finds names that no setting has, such as a misspelled one. A server starts with them, because a file may be of a
/// newer version, but what they were meant for doesn't happen.
final class UnknownSettings {

    private static final String PREFIX = "BANYAN_";

    /// Variables of the launcher, of programs with a key and of tests.
    private static final Set<String> OTHERS = Set.of(
            "BANYAN_API_KEY",
            "BANYAN_CHROMIUM",
            "BANYAN_CONSOLE_TOKEN",
            "BANYAN_JAVA_OPTS",
            "BANYAN_JDK_MIRROR",
            "BANYAN_SERVER");

    /// What Kubernetes adds to the environment for a service called `banyan`.
    private static final Pattern OF_KUBERNETES = Pattern.compile("BANYAN_(SERVICE|PORT)_[A-Z0-9_]+");

    private static final int LETTERS_OFF = 3;

    private UnknownSettings() {}

    /// @param variables of the environment
    /// @param keys of the file
    static List<String> in(Set<String> variables, Set<String> keys, String file) {
        Set<String> knownVariables = known(Setting::variable, RateLimit::variable, "_FILE");
        Set<String> knownKeys = known(Setting::key, RateLimit::key, "-file");
        return Stream.concat(
                        variables.stream()
                                .filter(name -> name.startsWith(PREFIX))
                                .filter(name -> !knownVariables.contains(name) && !OTHERS.contains(name))
                                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                                .sorted()
                                .map(name -> sentence("The variable " + name, name, knownVariables)),
                        keys.stream()
                                .filter(key -> !knownKeys.contains(key))
                                .sorted()
                                .map(key -> sentence("“" + key + "” in " + file, key, knownKeys)))
                .toList();
    }

    private static Set<String> known(
            Function<Setting, String> name, Function<RateLimit, String> limit, String fileEnding) {
        return Stream.of(
                        Arrays.stream(Setting.values()).map(name),
                        Arrays.stream(Setting.values())
                                .filter(Setting::isSecret)
                                .map(name)
                                .map(of -> of + fileEnding),
                        Arrays.stream(RateLimit.values()).map(limit))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }

    private static String sentence(String what, String name, Set<String> known) {
        String near = known.stream()
                .min(Comparator.<String>comparingInt(one -> distance(plain(name), plain(one)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(one -> isNear(plain(name), plain(one)))
                .map(one -> "; did you mean " + one + "?")
                .orElse("");
        return what + " is not a setting and has no effect" + near;
    }

    private static boolean isNear(String one, String other) {
        int off = distance(one, other);
        return off <= LETTERS_OFF && 2 * off <= one.length();
    }

    /// In a file, people write names as in the environment, and the other way round.
    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replaceFirst("^BANYAN[_.-]", "").replaceAll("[^A-Z0-9]", "");
    }

    /// Returns how many letters have to be changed, added or left out to make one word of the other.
    private static int distance(String one, String other) {
        int[] before = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
