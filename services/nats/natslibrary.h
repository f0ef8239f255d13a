// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"

#include <nats/nats.h>

/// What is used of cnats, by its own names.
#define PENNANT_NATS_FUNCTIONS(USE)                                                                                    \
    USE(natsConnection_Close)                                                                                          \
    USE(natsConnection_Connect)                                                                                        \
    USE(natsConnection_Destroy)                                                                                        \
    USE(natsConnection_GetLastError)                                                                                   \
    USE(natsConnection_Publish)                                                                                        \
    USE(natsConnection_PublishRequest)                                                                                 \
    USE(natsConnection_Request)                                                                                        \
    USE(natsConnection_RequestMsg)                                                                                     \
    USE(natsMsgHeader_Add)                                                                                             \
    USE(natsMsg_Create)                                                                                                \
    USE(natsConnection_Subscribe)                                                                                      \
    USE(natsMsg_Destroy)                                                                                               \
    USE(natsMsg_GetData)                                                                                               \
    USE(natsMsg_GetDataLength)                                                                                         \
    USE(natsMsg_GetReply)                                                                                              \
    USE(natsMsg_GetSubject)                                                                                            \
    USE(natsMsgHeader_Get)                                                                                             \
    USE(natsMsgHeader_Keys)                                                                                            \
    USE(natsMsgHeader_Values)                                                                                          \
    USE(natsOptions_Create)                                                                                            \
    USE(natsOptions_Destroy)                                                                                           \
    USE(natsOptions_SetAllowReconnect)                                                                                 \
    USE(natsOptions_SetClosedCB)                                                                                       \
    USE(natsOptions_SetCustomInboxPrefix)                                                                              \
    USE(natsOptions_SetDisconnectedCB)                                                                                 \
    USE(natsOptions_SetErrorHandler)                                                                                   \
    USE(natsOptions_SetFailRequestsOnDisconnect)                                                                       \
    USE(natsOptions_SetIOBufSize)                                                                                      \
    USE(natsOptions_SetIgnoreDiscoveredServers)                                                                        \
    USE(natsOptions_SetMaxPingsOut)                                                                                    \
    USE(natsOptions_SetMaxReconnect)                                                                                   \
    USE(natsOptions_SetName)                                                                                           \
    USE(natsOptions_SetPingInterval)                                                                                   \
    USE(natsOptions_SetReconnectJitter)                                                                                \
    USE(natsOptions_SetReconnectWait)                                                                                  \
    USE(natsOptions_SetReconnectedCB)                                                                                  \
    USE(natsOptions_SetSendAsap)                                                                                       \
    USE(natsOptions_SetTimeout)                                                                                        \
    USE(natsOptions_SetURL)                                                                                            \
    USE(natsOptions_SetUserInfo)                                                                                       \
    USE(natsSubscription_Destroy)                                                                                      \
    USE(natsSubscription_Unsubscribe)                                                                                  \
    USE(natsStatus_GetText)                                                                                            \
    USE(nats_CloseAndWait)

/// cnats, loaded when it is first needed: with the libraries that it stands on it would be a fifth of what the loader
/// does before the first window (docs/adr/0005). Any thread.
class NatsLibrary final {
public:
    /// Loads it, once; an Error (Local) that names the library where it is missing or lacks a function.
    static Result<const NatsLibrary *> load();
    /// The one that was loaded; nothing before that.
    static const NatsLibrary *loaded();

#define PENNANT_NATS_MEMBER(function) decltype(&::function) function = nullptr; // NOLINT(bugprone-macro-parentheses)
    PENNANT_NATS_FUNCTIONS(PENNANT_NATS_MEMBER)
#undef PENNANT_NATS_MEMBER

private:
    NatsLibrary();

    QString m_problem; ///< empty: all functions are there
};
