// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/statusmapping.h"

#include <QNetworkReply>
#include <QSslError>

// The one place where a request that got no HTTP answer becomes an Error.

/// No HTTP answer at all. `reason` is Qt's own text.
Error networkError(
    QNetworkReply::NetworkError code, const QString &reason, const QList<QSslError> &sslErrors, const ApiPeer &peer);
/// Whether it means that nobody was there, so that asking again soon may help. It helps nothing against a certificate,
/// and against a refused password of a proxy it may lock that.
bool nobodyAnswered(QNetworkReply::NetworkError code);
/// No answer within the request's time.
Error timeoutError(const ApiPeer &peer, bool isRead);
/// The time of a change was over before it had been sent with credentials that the server accepts.
Error lateLoginError(const ApiPeer &peer);
