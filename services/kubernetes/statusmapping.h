// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

/// Whom a request goes to and as whom, for the sentences of its errors.
struct ApiPeer {
    QString server; ///< "host:port"
    QString user;
    QString proxy = {}; ///< "host:port" of the proxy on the way; empty: none
};

// The one place where answers of the API server become an Error (where there is none:
// services/network/networkmapping.h). Nothing of a request enters it; of an answer only the sentences of its Status
// document. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/

/// A status that is not 2xx. `body` should be a Status document, but may be anything.
Error statusError(int httpStatus, const QByteArray &body, const QByteArray &retryAfter, const ApiPeer &peer);
/// A Status document that came by itself, as in an ERROR event of a watch.
Error statusDocumentError(const QJsonObject &status, const ApiPeer &peer);
/// A text of the other side as part of a sentence of ours: bounded, and without its full stop.
QString clauseOf(QString text);
