import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class BanyanApi implements ICredentialType {
  name = 'banyanApi';

  displayName = 'Banyan API';

  icon = { light: 'file:../nodes/Banyan/banyan.svg', dark: 'file:../nodes/Banyan/banyan.dark.svg' } as const;

  documentationUrl = 'https://banyan.example.com/docs/clients';

  properties: INodeProperties[] = [
    {
      displayName: 'Server URL',
      name: 'serverUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://banyan.example.com',
      description: 'Where your Banyan server is',
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'A key made under API keys, with the permissions that your workflows need',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
  };

  // Every key may do this, whatever its permissions are.
  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.serverUrl.replace(/\\/+$/, "")}}',
      url: '/mcp',
      method: 'POST',
      headers: { Accept: 'application/json, text/event-stream' },
      body: { jsonrpc: '2.0', id: 1, method: 'ping' },
      json: true,
    },
  };
}
