"""The list of every register: sorted, filtered, searched and kept as views, at a million rows.

`grams`, `stores` and `search_index` find text by pairs of characters; `filters` says what an
address asks for, `conditions` what that means, `ordering` by which columns a list is sorted;
`paging` fills a page without counting or sorting everything; `page` puts them together. `saving`
keeps what somebody looks at as a view under a name.
"""
