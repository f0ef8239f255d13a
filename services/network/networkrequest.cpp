// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networkrequest.h"

#include "services/kubernetes/apirequest.h"
#include "services/kubernetes/kubeconfig.h"
#include "services/network/impersonationheaders.h"

#include <QSslConfiguration>

namespace {

QUrl requestUrl(const QUrl &server, const ApiRequest &request)
{
    QUrl url = server;
    QString prefix = server.path(QUrl::FullyDecoded);
    if (prefix.endsWith(u'/'))
        prefix.chop(1);
    url.setPath(prefix + request.path, QUrl::DecodedMode);
    if (!request.query.isEmpty())
        url.setQuery(request.query);
    return url;
}

} // namespace

QNetworkRequest networkRequest(const ClusterAccess &access, const QSslConfiguration &tls,
    const QByteArray &authorization, const ApiRequest &request)
{
    QNetworkRequest result(requestUrl(access.server, request));
    result.setSslConfiguration(tls);
    result.setPeerVerifyName(access.tlsServerName);
    // in the clear this would be an upgrade that nothing answers
    const HeaderLines impersonation = impersonationHeaders(access.impersonation);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute,
        access.server.scheme() == QLatin1String("https") && haveOneValueEach(impersonation));
    // Qt has one value for a header, and over HTTP/1.1 writes it as it is; the kubeconfig's hold no line breaks.
    for (const auto &[name, values] : impersonation)
        result.setRawHeader(name, values.join("\r\n" + name + ": "));
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    // lists of alike objects compress better than Qt's guard against bombs allows; ApiExchange bounds what it reads
    result.setDecompressedSafetyCheckThreshold(-1);
    result.setRawHeader("Accept", request.accept);
    result.setRawHeader("User-Agent", "pennant");
    if (!request.contentType.isEmpty())
        result.setRawHeader("Content-Type", request.contentType);
    if (!authorization.isEmpty())
        result.setRawHeader("Authorization", authorization);
    return result;
}
