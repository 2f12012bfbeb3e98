package dev.banyan.themes;

/// A picture or video of an appearance.
///
/// @param source its original address, returned by the API; ours if it was uploaded
/// @param id the id under which we serve it; empty until it is fetched
public record Picture(String source, String id) {

    public boolean isHere() {
        return !id.isEmpty();
    }

    /// Returns its path on our server.
    public String path() {
        return pathOf(id);
    }

    /// @param id of a stored picture
    public static String pathOf(String id) {
        return "/media/" + id;
    }
}
