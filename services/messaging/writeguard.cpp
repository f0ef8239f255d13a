// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/writeguard.h"

bool isChange(const ApiRequest &request)
{
    // SelfSubjectAccessReview and SelfSubjectReview
    const bool isReview = request.path.startsWith(QLatin1String("/apis/authorization.k8s.io/"))
        || request.path.startsWith(QLatin1String("/apis/authentication.k8s.io/"));
    return request.verb != "GET" && !isReview;
}

WriteGuard::WriteGuard(KubernetesTransport &transport)
    : TransportDecorator(transport)
{
}

Pending<ApiResponse> WriteGuard::send(const ApiRequest &request)
{
    if (!m_access && isChange(request))
        return Pending<ApiResponse>::answered(fail(Error::Kind::Forbidden, m_access.reason));
    return TransportDecorator::send(request);
}
