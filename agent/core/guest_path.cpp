// SPDX-License-Identifier: Apache-2.0
#include "agent/core/guest_path.h"

namespace guestprep {

GuestPath::GuestPath(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto slash = text.find('/');
        const auto part = text.substr(0, slash);
        text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
        if (part.empty() || part == ".") continue;
        if (part == "..") {
            const auto last = out.rfind('/');
            out.resize(last == std::string::npos ? 0 : last);
            continue;
        }
        out += '/';
        out += part;
    }
    text_ = out.empty() ? "/" : std::move(out);
}

std::string_view GuestPath::name() const {
    return std::string_view(text_).substr(text_.rfind('/') + 1);
}

GuestPath GuestPath::parent() const {
    return GuestPath(std::string_view(text_).substr(0, text_.rfind('/')));
}

GuestPath GuestPath::operator/(std::string_view child) const {
    return GuestPath(text_ + "/" + std::string(child));
}

GuestPath GuestPath::link_target(std::string_view target) const {
    return target.starts_with('/') ? GuestPath(target) : parent() / target;
}

}  // namespace guestprep
