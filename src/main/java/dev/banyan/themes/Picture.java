package dev.banyan.themes;

/// A picture or video of an appearance.
///
/// @param source the address that was given, which programs are told; ours where it was uploaded
/// @param id under which we serve it; empty until we have it
public record Picture(String source, String id) {

    public boolean isHere() {
        return !id.isEmpty();
    }

    /// Where visitors get it: from us.
    public String path() {
        return pathOf(id);
    }

    /// @param id of a picture that is here
    public static String pathOf(String id) {
        return "/media/" + id;
    }
}
