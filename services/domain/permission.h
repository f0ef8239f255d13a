// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// One thing that a person may or may not do in a cluster, as the API server judges it.
/// https://kubernetes.io/docs/reference/access-authn-authz/authorization/
struct Permission {
    QString verb;
    QString group; ///< "" for core
    QString resource;
    QString subresource;
    QString nameSpace; ///< empty: cluster-wide
    QString name = {}; ///< of one object; empty: any

    bool operator==(const Permission &) const = default;

    /// "pods/portforward", "secrets/nats-viewing-default", "streams.jetstream.nats.io", as kubectl names them.
    QString object() const;
    /// "create persistentvolumeclaims in pennant-messaging", for people.
    QString text() const;
};
