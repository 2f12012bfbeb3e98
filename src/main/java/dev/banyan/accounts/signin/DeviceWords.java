package dev.banyan.accounts.signin;

import module java.base;

/// Names the browser and system of a user agent: “Firefox on Windows”. User agents can lie.
public final class DeviceWords {

    /// The first match counts: Edge claims to be Chrome, which claims to be Safari.
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "Firefox/",
            "Firefox",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari",
            "curl/",
            "curl",
            "Java",
            "a Java program");

    private static final Map<String, String> SYSTEMS = inOrder(
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Windows",
            "Windows",
            "Mac OS X",
            "Mac",
            "CrOS",
            "ChromeOS",
            "Linux",
            "Linux");

    private DeviceWords() {}

    private static Map<String, String> inOrder(String... marksAndWords) {
        var words = new LinkedHashMap<String, String>();
        for (int i = 0; i < marksAndWords.length; i += 2) {
            words.put(marksAndWords[i], marksAndWords[i + 1]);
        }
        return words;
    }

    public static String of(String userAgent) {
        Optional<String> browser = find(BROWSERS, userAgent);
        Optional<String> system = find(SYSTEMS, userAgent);
        return browser.map(name -> name + system.map(on -> " on " + on).orElse(""))
                .or(() -> system)
                .orElse("An unknown device");
    }

    private static Optional<String> find(Map<String, String> words, String userAgent) {
        return words.entrySet().stream()
                .filter(word -> userAgent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
