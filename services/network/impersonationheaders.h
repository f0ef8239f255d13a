// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/clusteraccess.h"

#include <QByteArrayList>
#include <QList>

#include <utility>

/// A header and its values; each of these is a line of its own, and none holds a line break.
using HeaderLines = QList<std::pair<QByteArray, QByteArrayList>>;

/// What tells the server as whom a request is to be carried out; nothing where as nobody else. Pure.
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
HeaderLines impersonationHeaders(const Impersonation &impersonation);

/// Whether each has one value, which is all that Qt's requests can carry but for a trick of HTTP/1.1.
bool haveOneValueEach(const HeaderLines &lines);
