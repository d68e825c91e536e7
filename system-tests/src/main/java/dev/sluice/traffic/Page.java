package dev.sluice.traffic;

/// A page of the shop.
///
/// @param path with a leading slash; may carry a query
/// @param section as the contract of `page_view` means it
/// @param type as the contract of `page_view` means it
record Page(String path, String title, String section, String type) {

    static final String SITE = "https://www.tarn-outdoor.example.com";

    String url() {
        return SITE + path;
    }

    String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
