// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

// Categories of the program's own log. Never pass a secret, a request's headers or a Secret's data to one.
Q_DECLARE_LOGGING_CATEGORY(lcKubernetes)
Q_DECLARE_LOGGING_CATEGORY(lcNats)
Q_DECLARE_LOGGING_CATEGORY(lcMessaging)
Q_DECLARE_LOGGING_CATEGORY(lcApp)
